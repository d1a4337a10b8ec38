package io.camelback.ledger;

/** The ledger's database is unavailable: it is down, full or too slow. Names no address and no user. */
public final class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
