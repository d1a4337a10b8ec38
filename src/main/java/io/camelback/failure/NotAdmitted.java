package io.camelback.failure;

import java.time.Duration;

/**
 * A deployment was not asked. Thrown inside the breaker, which ignores it: the chain goes on, and nobody's health suffers.
 */
public final class NotAdmitted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason { NO_KEY, PARKED, IN_FLIGHT_CAP, NO_FALLBACK, CHAIN_ENDED }

    private final Reason reason;
    private final transient Duration left;

    /** @param left how long this will stay so; null when unknown */
    public NotAdmitted(String deployment, Reason reason, Duration left) {
        super(deployment + ": " + reason, null, false, false);
        this.reason = reason;
        this.left = left;
    }

    public Reason reason() {
        return reason;
    }

    public Duration left() {
        return left;
    }
}
