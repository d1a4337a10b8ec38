package io.camelback.ledger;

/** The ledger cannot be used in its present state. The message is for the operator: which, why, and what to do. */
public final class LedgerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
