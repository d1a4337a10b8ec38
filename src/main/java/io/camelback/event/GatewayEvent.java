package io.camelback.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An event that operators should know of. Two of the same type and subject tell of one condition: within a while only
 * the first is delivered. No prompt, header or key is ever in one.
 *
 * @param subject what it is about: a deployment, a provider, a chain, a request
 * @param text one plain sentence for people
 * @param details further facts: text, numbers, booleans, and lists and maps of them
 */
public record GatewayEvent(Type type, String subject, String text, Map<String, Object> details) {

    public GatewayEvent {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public static GatewayEvent of(Type type, String subject, String text) {
        return new GatewayEvent(type, subject, text, Map.of());
    }

    /** How much it matters. */
    public enum Severity {
        INFO,
        WARNING,
        CRITICAL;

        /** As documents say it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What there is to tell (docs/events.md). */
    public enum Type {
        BREAKER_OPENED("breaker.opened", Severity.WARNING),
        BREAKER_CLOSED("breaker.closed", Severity.INFO),
        KEY_COOLDOWN("key.cooldown", Severity.CRITICAL),
        MODEL_GONE("model.gone", Severity.CRITICAL),
        BUDGET_THRESHOLD("budget.threshold", Severity.WARNING),
        QUOTA_REACHED("quota.reached", Severity.WARNING),
        CALLER_LIMITED("caller.limited", Severity.INFO),
        LAYER_EXHAUSTED("layer.exhausted", Severity.WARNING),
        EXHAUSTED("chain.exhausted", Severity.CRITICAL),
        ESCALATION("escalation", Severity.INFO),
        DEGRADED("answer.degraded", Severity.WARNING),
        REVIEW("answer.review", Severity.INFO),
        DAILY_REPORT("report.daily", Severity.INFO),
        CONFIG_REJECTED("config.rejected", Severity.CRITICAL),
        CONFIG_TAKEN("config.taken", Severity.INFO);

        private final String word;
        private final Severity severity;

        Type(String word, Severity severity) {
            this.word = word;
            this.severity = severity;
        }

        /** As documents say it, such as {@code breaker.opened}. */
        public String word() {
            return word;
        }

        public Severity severity() {
            return severity;
        }

        /** The condition that is over when this happens: the next one of it is news again. Null when it ends none. */
        public Type ends() {
            return switch (this) {
                case BREAKER_OPENED -> BREAKER_CLOSED;
                case BREAKER_CLOSED -> BREAKER_OPENED;
                case CONFIG_REJECTED -> CONFIG_TAKEN;
                case CONFIG_TAKEN -> CONFIG_REJECTED;
                default -> null;
            };
        }
    }
}
