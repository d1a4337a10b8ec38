package io.camelback.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.FormatKeyword;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.resource.SchemaLoader;
import io.camelback.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * JSON Schema validation for untrusted schemas, in the drafts from 4 to 2020-12: every step is charged to a budget,
 * nothing is fetched, and nothing of a schema is logged or kept.
 */
final class SchemaCheck {
    /** What does not decide: since draft 2019-09 these are notes about a value. */
    private static final Set<String> NOTES = Set.of("format", "contentMediaType", "contentEncoding", "contentSchema");

    private static final List<Dialect> DIALECTS = Stream.of(
                    Dialects.getDraft202012(),
                    Dialects.getDraft201909(),
                    Dialects.getDraft7(),
                    Dialects.getDraft6(),
                    Dialects.getDraft4())
            .map(SchemaCheck::limited)
            .toList();
    private static final SchemaLoader NOTHING =
            SchemaLoader.builder().block(address -> true).build();

    private static final int WARM = 50;

    private SchemaCheck() {}

    private static Dialect limited(Dialect dialect) {
        List<Keyword> keywords = dialect.getKeywords().values().stream()
                .map(keyword ->
                        NOTES.contains(keyword.getValue()) ? new Note(keyword.getValue()) : new LimitedKeyword(keyword))
                .map(Keyword.class::cast)
                .toList();
        return Dialect.builder(dialect)
                .keywords(keywords)
                .unknownKeywordFactory((name, context) -> null)
                .formatKeywordFactory(formats -> new Note("format"))
                .build();
    }

    /** A keyword that decides nothing: the validator takes null for that. */
    private static final class Note extends FormatKeyword {
        Note(String name) {
            super(name, Map.of());
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
            return null;
        }
    }

    /** Does what checks do until Java has loaded it all. */
    static void warm() {
        ObjectNode schema = Json.object().put("type", "object").put("additionalProperties", false);
        schema.putObject("properties")
                .putObject("name")
                .put("type", "string")
                .put("pattern", "^[a-z]+$")
                .putArray("enum")
                .add("ann");
        schema.putArray("required").add("name");
        ObjectNode value = Json.object().put("name", "ann");
        for (int i = 0; i < WARM; i++) {
            of(schema, value, WorkBudget.unlimited());
        }
    }

    /** @throws NotJudgedException when it cannot be said */
    static QualityVerdict of(ObjectNode schema, JsonNode value, WorkBudget budget) {
        ValueSize.spend(schema, budget);
        ValueSize.spend(value, budget);
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(new LimitedPatterns(budget))
                .preloadSchema(false)
                .failFast(true)
                .formatAssertionsEnabled(false)
                .build();
        SchemaRegistry registry = SchemaRegistry.withDialects(
                DIALECTS,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaLoader(NOTHING)
                        .schemaCacheEnabled(false));
        try {
            List<Error> errors = registry.getSchema(schema.deepCopy()).validate(value);
            return errors.stream()
                    .findFirst()
                    .map(error -> QualityVerdict.missed("not by the schema (" + error.getKeyword() + ")"))
                    .orElse(QualityVerdict.PASSED);
        } catch (NotJudgedException e) {
            throw e;
        } catch (SchemaException e) {
            throw new NotJudgedException("the schema is none, or points elsewhere");
        }
    }
}
