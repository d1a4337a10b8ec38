package io.camelback.protocol.anthropic;

import io.camelback.chat.ChatRequest.Effort;
import io.camelback.protocol.support.RequestFields;
import java.util.Locale;

/** How hard to think, out of {@code thinking} and {@code output_config.effort} (docs/wire-formats.md 1.6). */
public final class AnthropicEffort {
    private static final int LEAST_BUDGET = 1024;
    private static final int LOW_BUDGET = 2048;
    private static final int MEDIUM_BUDGET = 12_000;

    private AnthropicEffort() {}

    /**
     * A level that is said counts for more than a budget, and thinking that is off for more than either. Adaptive
     * thinking without a level is {@code MEDIUM}: other models would not think at all unless they are told to.
     *
     * @return null when the caller said nothing
     */
    public static Effort read(RequestFields request) {
        RequestFields config = request.object("output_config");
        Effort level = config == null ? null : level(config);
        RequestFields thinking = request.object("thinking");
        return thinking == null ? level : thinking(thinking, level);
    }

    private static Effort level(RequestFields config) {
        String level = config.string("effort");
        if (level == null) {
            return null;
        }
        return switch (level) {
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high" -> Effort.HIGH;
            case "xhigh" -> Effort.XHIGH;
            case "max" -> Effort.MAX;
            default -> throw config.invalid("effort", "must be one of low, medium, high, xhigh, max");
        };
    }

    private static Effort thinking(RequestFields thinking, Effort level) {
        switch (thinking.name("type")) {
            case "disabled":
                return Effort.NONE;
            case "adaptive", "between_tools":
                return level == null ? Effort.MEDIUM : level;
            case "enabled":
                Effort budget = budget(thinking);
                return level == null ? budget : level;
            default:
                throw thinking.invalid("type", "must be one of enabled, adaptive, between_tools, disabled");
        }
    }

    private static Effort budget(RequestFields thinking) {
        Long budget = thinking.whole("budget_tokens", LEAST_BUDGET, Integer.MAX_VALUE);
        if (budget == null) {
            throw thinking.invalid("budget_tokens", "is required: a whole number from " + LEAST_BUDGET);
        }
        return level(budget);
    }

    /** A level's word, not {@code NONE}'s: the least there is stands for what is less. */
    public static String word(Effort level) {
        return (level == Effort.MINIMAL ? Effort.LOW : level).name().toLowerCase(Locale.ROOT);
    }

    /** The level that comes nearest to a budget of thinking tokens. */
    public static Effort level(long budget) {
        if (budget <= LOW_BUDGET) {
            return Effort.LOW;
        }
        return budget <= MEDIUM_BUDGET ? Effort.MEDIUM : Effort.HIGH;
    }

    /**
     * The budget of thinking tokens for a level, for models that know no levels. Thoughts count as output: half of the
     * output is kept for the answer, as far as the least budget there is allows.
     *
     * @return 0 when the model is not to think, or has no room to
     */
    public static int budget(Effort level, int maxTokens) {
        if (level == Effort.NONE || maxTokens <= LEAST_BUDGET) {
            return 0;
        }
        int wanted = switch (level) {
            case NONE, MINIMAL -> LEAST_BUDGET;
            case LOW -> LOW_BUDGET;
            case MEDIUM -> 8192;
            case HIGH -> 16_384;
            case XHIGH, MAX -> 32_000;
        };
        return Math.max(LEAST_BUDGET, Math.min(wanted, maxTokens / 2));
    }
}
