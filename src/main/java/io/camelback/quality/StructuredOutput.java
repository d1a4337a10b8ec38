package io.camelback.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.camelback.chat.ResponseFormat;
import io.camelback.dialect.Json;
import java.util.List;
import java.util.Optional;

/** Whether a text is the JSON that was asked for, by JSON Schema 2020-12. Nothing is fetched: a schema has only itself. */
final class StructuredOutput {
    private StructuredOutput() { }

    /** What is wrong with it; empty when it is right, or when plain text was asked for. */
    static Optional<String> miss(ResponseFormat format, String text) {
        if (format == null) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = Json.read(text);
        } catch (JsonProcessingException e) {
            return Optional.of("not JSON");
        }
        if (json == null || json.isMissingNode()) {
            return Optional.of("not JSON");
        }
        if (format instanceof ResponseFormat.JsonSchema wanted && wanted.schema() != null) {
            return against(wanted.schema(), json);
        }
        return json.isObject() ? Optional.empty() : Optional.of("no JSON object");
    }

    private static Optional<String> against(JsonNode schema, JsonNode json) {
        try {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            List<Error> errors = registry.getSchema(schema.deepCopy()).validate(json);
            return errors.stream().findFirst().map(error -> "not by the schema (" + error.getKeyword() + ")");
        } catch (SchemaException e) {
            // A schema that cannot be judged by, one that points elsewhere say, is the caller's affair: it is JSON at least.
            return Optional.empty();
        }
    }
}
