package io.camelback.ledger;

import java.sql.PreparedStatement;
import java.time.Duration;

/**
 * Deletes rows that are older than the retention period: a few at a time, so that writers do not wait for long, and no
 * more in one run than it takes to keep up with a busy gateway. Budgets go with their windows once these are as old.
 */
public final class RetentionJob implements Runnable {
    /** How long there is between two runs. */
    public static final Duration PAUSE = Duration.ofSeconds(10);

    static final int BATCH = 500;
    static final int MOST_BATCHES = 20;
    private static final String[] ROWS = {
        "camelback_attempt", "camelback_escalation", "camelback_replay", "camelback_request"
    };
    private static final String OLD_ROWS =
            "DELETE FROM %1$s WHERE id IN (SELECT id FROM %1$s WHERE at < ? ORDER BY at LIMIT " + BATCH + ")";
    private static final String[] OTHERS = {
        "DELETE FROM camelback_budget WHERE ends < ? AND reserved = 0", "DELETE FROM camelback_claim WHERE at < ?"
    };
    private final LedgerDatabase database;
    private final Duration keep;

    /** @param keep how old rows may become */
    public RetentionJob(LedgerDatabase database, Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    /**
     * @throws LedgerUnavailableException when the database does not answer; what is left is let go of by a later run
     */
    @Override
    public void run() {
        long before = database.now() - keep.toMillis();
        int batches = 0;
        for (String table : ROWS) {
            int gone = BATCH;
            while (gone == BATCH && batches < MOST_BATCHES) {
                gone = delete(String.format(OLD_ROWS, table), before);
                batches++;
            }
        }
        for (String other : OTHERS) {
            delete(other, before);
        }
    }

    private int delete(String sql, long before) {
        return database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, before);
                return statement.executeUpdate();
            }
        });
    }
}
