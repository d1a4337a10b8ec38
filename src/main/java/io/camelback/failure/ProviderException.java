package io.camelback.failure;

import java.time.Duration;

/**
 * An attempt failed. Thrown inside the breaker: it decides by {@link #kind()} whether to count it, and the chain goes
 * on. Carries no stack trace. Its message is ours; the provider's own, redacted, is for the ledger and for operators
 * only.
 */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FailureKind kind;
    private final int status;
    private final String code;
    private final String param;
    private final transient Duration retryAfter;
    private final Boolean retryAdvice;
    private final String providerMessage;
    private final FailureKind.CooldownScope cooldownScope;

    /**
     * @param status the HTTP status, or 0 when there was none
     * @param code the provider's error code, reduced to a short word; null when it gave none
     * @param detail one line for the log, in our words
     * @param retryAfter how long the provider asked us to wait; null when it did not
     */
    public ProviderException(FailureKind kind, int status, String code, String detail, Duration retryAfter) {
        this(kind, status, code, null, detail, retryAfter, null);
    }

    /**
     * @param param the field the provider objects to, reduced to a path; null when it named none
     * @param retryAdvice what the provider's {@code x-should-retry} said; null when it said nothing
     * @see #ProviderException(FailureKind, int, String, String, Duration)
     */
    public ProviderException(
            FailureKind kind,
            int status,
            String code,
            String param,
            String detail,
            Duration retryAfter,
            Boolean retryAdvice) {
        this(kind, status, code, param, detail, retryAfter, retryAdvice, null, kind.cooldownScope());
    }

    private ProviderException(
            FailureKind kind,
            int status,
            String code,
            String param,
            String detail,
            Duration retryAfter,
            Boolean retryAdvice,
            String providerMessage,
            FailureKind.CooldownScope cooldownScope) {
        super(detail, null, false, false);
        this.kind = kind;
        this.status = status;
        this.code = code;
        this.param = param;
        this.retryAfter = retryAfter;
        this.retryAdvice = retryAdvice;
        this.providerMessage = providerMessage;
        this.cooldownScope = cooldownScope;
    }

    /** The same failure with what the provider said of it. @param message as it said it; null when it said nothing */
    ProviderException withMessage(String message) {
        String redacted = MessageRedactor.redact(message);
        return redacted == null
                ? this
                : new ProviderException(
                        kind, status, code, param, getMessage(), retryAfter, retryAdvice, redacted, cooldownScope);
    }

    /** The same failure, which takes something else out of service than failures of its kind do. */
    ProviderException withCooldown(FailureKind.CooldownScope scope) {
        return scope == cooldownScope
                ? this
                : new ProviderException(
                        kind, status, code, param, getMessage(), retryAfter, retryAdvice, providerMessage, scope);
    }

    /** What it takes out of service for a while. */
    public FailureKind.CooldownScope cooldownScope() {
        return cooldownScope;
    }

    /**
     * What the provider said, as {@link MessageRedactor} leaves it; null when it said nothing. Callers are told it only
     * of a refusal of their request.
     */
    public String providerMessage() {
        return providerMessage;
    }

    public static ProviderException of(FailureKind kind, String detail) {
        return new ProviderException(kind, 0, null, detail, null);
    }

    /** The gateway's memory for bodies in flight is used up: no fault of the provider's. */
    public static ProviderException noMemory() {
        return new ProviderException(
                FailureKind.CAPACITY,
                0,
                "memory_exhausted",
                "the gateway's memory for bodies in flight is used up (limits.memory)",
                null);
    }

    public FailureKind kind() {
        return kind;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** The field the provider objects to; null when it named none. */
    public String param() {
        return param;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the provider itself says that the same request may be sent again; null when it does not say. */
    public Boolean retryAdvice() {
        return retryAdvice;
    }
}
