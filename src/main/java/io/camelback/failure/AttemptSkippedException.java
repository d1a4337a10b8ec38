package io.camelback.failure;

/**
 * A deployment was skipped. Thrown inside the breaker, which ignores it: the chain goes on, and nobody's health
 * suffers.
 */
public final class AttemptSkippedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        NO_KEY,
        COOLDOWN,
        IN_FLIGHT_CAP,
        BUDGET,
        QUOTA,
        NO_LEDGER,
        NO_PRICE,
        INCAPABLE,
        CONTEXT,
        BREAKER_OPEN,
        NO_FALLBACK,
        HAD_ITS_TURN,
        CHAIN_ENDED,
        DEADLINE,
        /** The caller has named providers or prices, and it is not among them. */
        NOT_WANTED
    }

    private final Reason reason;

    public AttemptSkippedException(String deployment, Reason reason) {
        super(deployment + ": " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
