package io.camelback.quality;

import com.networknt.schema.SchemaContext;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import io.camelback.config.pattern.LinearPattern;
import io.camelback.config.pattern.LinearPattern.UnusablePatternException;

/** The regular expressions of one check's schema, run by RE2 and charged to the check's budget. */
final class LimitedPatterns implements RegularExpressionFactory {
    private final WorkBudget budget;

    LimitedPatterns(WorkBudget budget) {
        this.budget = budget;
    }

    /** The budget of the check that a schema is made for. */
    static WorkBudget budget(SchemaContext context) {
        return ((LimitedPatterns) context.getSchemaRegistryConfig().getRegularExpressionFactory()).budget;
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        try {
            budget.spend(1 + regex.length() * 20L);
            LinearPattern pattern = LinearPattern.compile(EcmaPattern.toRe2(regex));
            return text -> pattern.isIn(text, budget::spend);
        } catch (NotJudgedException e) {
            // Thrown from here, the library would log the caller's pattern.
            return text -> {
                throw new NotJudgedException(e.getMessage());
            };
        } catch (UnusablePatternException e) {
            // Only an answer that has something to be matched cannot be judged.
            return text -> {
                throw new NotJudgedException("a pattern " + e.getMessage());
            };
        }
    }
}
