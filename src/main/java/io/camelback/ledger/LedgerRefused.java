package io.camelback.ledger;

/** A ledger that must not be used as it is. The message is for the operator: which, why, and what to do. */
public final class LedgerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
