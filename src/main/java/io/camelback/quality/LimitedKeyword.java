package io.camelback.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.Set;

/**
 * A JSON Schema keyword whose work is charged to the check's budget: when its schema is read, and whenever it evaluates
 * a value.
 */
record LimitedKeyword(Keyword keyword) implements Keyword {
    /** What one look costs beside what depends on sizes. */
    private static final int USUAL = 50;
    /** What it costs to put a value into a hash table. */
    private static final long HASHED = 20;
    /** How deep schemas may point to each other: far below what a check's stack holds. */
    private static final int DEEPEST = 1_000;
    /** They compare whole values with each other, and look them up by their hashes. */
    private static final Set<String> COMPARING = Set.of("enum", "const", "uniqueItems");

    @Override
    public String getValue() {
        return keyword.getValue();
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode schema, Schema parent, SchemaContext context)
            throws Exception {
        WorkBudget budget = LimitedPatterns.budget(context);
        boolean comparing = COMPARING.contains(getValue());
        budget.spend(USUAL + schema.size() * (comparing ? HASHED : 1L));
        long collisions = comparing ? ValueSize.collisions(schema, budget) : 0;
        KeywordValidator validator = keyword.newValidator(location, schema, parent, context);
        return validator == null ? null : new Limited(validator, USUAL + schema.size() + collisions, comparing, budget);
    }

    private record Limited(KeywordValidator validator, long cost, boolean comparing, WorkBudget budget)
            implements KeywordValidator {
        @Override
        public void validate(ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
            if (context.getEvaluationPath().getNameCount() > DEEPEST) {
                throw new NotJudgedException("the schema points to itself too often");
            }
            budget.spend(cost + node.size());
            if (comparing && node.isContainerNode()) {
                ValueSize.spend(node, budget);
            }
            if (getKeyword().equals("uniqueItems")) {
                ValueSize.collisions(node, budget);
            }
            validator.validate(context, node, root, location);
        }

        @Override
        public void preloadSchema() {
            validator.preloadSchema();
        }

        @Override
        public String getKeyword() {
            return validator.getKeyword();
        }

        @Override
        public SchemaLocation getSchemaLocation() {
            return validator.getSchemaLocation();
        }
    }
}
