package io.camelback.ledger;

/** A ledger that must not be used as it is. The message is for the operator: which, why, and what to do. */
public final class LedgerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
