package io.camelback.config;

import java.time.Duration;

/**
 * Where the ledger is stored.
 *
 * @param file the SQLite file, below the home unless absolute; null unless kind is {@code FILE}
 * @param url the PostgreSQL's JDBC URL; null unless kind is {@code SERVER}
 * @param user null when the URL says it
 * @param password null when the URL says it
 * @param pool how many connections to a PostgreSQL may be open
 * @param maxWait how long a request waits for the ledger before a budget that cannot be asked counts as used up
 * @param retention how long rows are kept
 */
public record LedgerSettings(
        Kind kind,
        String file,
        String url,
        String user,
        String password,
        int pool,
        Duration maxWait,
        Duration retention) {
    /** The file when none is named. */
    public static final String DEFAULT_FILE = "data/ledger.db";

    private static final int DEFAULT_POOL = 8;
    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMillis(500);
    /** A year, and the month it began in. */
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(400);

    /** {@code USUAL}: nothing was said, which is a file for the gateway and nothing inside a host's Camel runtime. */
    public enum Kind {
        USUAL,
        OFF,
        FILE,
        SERVER
    }

    public static final LedgerSettings DEFAULT = new LedgerSettings(
            Kind.USUAL, DEFAULT_FILE, null, null, null, DEFAULT_POOL, DEFAULT_LOCK_TIMEOUT, DEFAULT_RETENTION);
    public static final LedgerSettings OFF =
            new LedgerSettings(Kind.OFF, null, null, null, null, DEFAULT_POOL, DEFAULT_LOCK_TIMEOUT, DEFAULT_RETENTION);

    /** Without the password, and without the URL, which may hold one. */
    @Override
    public String toString() {
        return "LedgerSettings[" + kind + (file == null ? "" : " " + file) + "]";
    }
}
