package io.camelback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are older than they are to be kept, in a file and in a server. */
class RetentionJobTest {
    private static final Duration KEEP = Duration.ofDays(400);

    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @Test
    void old_rows_go_and_others_stay_in_a_file(@TempDir Path folder) {
        old_rows_go_and_others_stay(SqliteDatabase.open(folder.resolve("ledger.db"), Clock.systemUTC()));
    }

    @Test
    void old_rows_go_and_others_stay_in_a_server() {
        old_rows_go_and_others_stay(server.open(2, Duration.ofSeconds(20)));
    }

    private static void old_rows_go_and_others_stay(LedgerDatabase database) {
        try (Ledger ledger = Ledger.open(database, new Random())) {
            long now = database.now();
            long old = now - KEEP.toMillis() - 1_000;
            long young = now - KEEP.toMillis() + 60_000;
            for (String at : new String[] {"" + old, "" + young}) {
                insert(
                        database,
                        "camelback_request (id, at, request_id, endpoint, status, streamed, took_ms, attempts, revision, gateway) "
                                + "VALUES ('" + at + "', " + at + ", 'r', 'openai', 200, 0, 1, 1, 1, 'g')");
                insert(
                        database,
                        "camelback_attempt (id, at, request_id, deployment, outcome, status, took_ms, estimated, revision, gateway)"
                                + " VALUES ('" + at + "', " + at + ", 'r', 'gpt', 'answered', 200, 1, 0, 1, 'g')");
                insert(
                        database,
                        "camelback_escalation (id, at, request_id, chain, layer, cause, revision, gateway) VALUES ('"
                                + at + "', " + at + ", 'r', 'agent', 'l', 'exhausted', 1, 'g')");
                insert(
                        database,
                        "camelback_replay (id, at, request_id, replay_of, endpoint, status, revision, gateway) VALUES ('"
                                + at + "', " + at + ", 'r', 'q', 'openai', 200, 1, 'g')");
                insert(
                        database,
                        "camelback_budget (budget, starts, ends, settled, reserved) VALUES ('b', " + at + " - 10, " + at
                                + ", 5, 0)");
                insert(database, "camelback_claim (name, gateway, at) VALUES ('" + at + "', 'g', " + at + ")");
            }

            new RetentionJob(database, KEEP).run();

            for (String table : new String[] {"request", "attempt", "escalation", "replay", "claim"}) {
                assertThat(LedgerSamples.number(ledger, "SELECT MIN(at) FROM camelback_" + table))
                        .as(table)
                        .isEqualTo(young);
            }
            assertThat(LedgerSamples.number(ledger, "SELECT MIN(ends) FROM camelback_budget WHERE budget = 'b'"))
                    .isEqualTo(young);
        }
    }

    @Test
    void what_is_too_much_for_one_run_is_left_to_the_next(@TempDir Path folder) {
        LedgerDatabase database = SqliteDatabase.open(folder.resolve("ledger.db"), Clock.systemUTC());
        try (Ledger ledger = Ledger.open(database, new Random())) {
            int most = RetentionJob.BATCH * RetentionJob.MOST_BATCHES;
            insert(
                    database,
                    "camelback_attempt (id, at, request_id, deployment, outcome, status, took_ms, estimated, revision, gateway) "
                            + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + (most + 7)
                            + ") "
                            + "SELECT 'a' || i, i, 'r', 'gpt', 'answered', 200, 1, 0, 1, 'g' FROM n");
            RetentionJob retention = new RetentionJob(database, KEEP);

            retention.run();
            assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_attempt"))
                    .isEqualTo(7);
            retention.run();
            assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_attempt"))
                    .isZero();
        }
    }

    private static void insert(LedgerDatabase database, String what) {
        database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO " + what);
            }
        });
    }
}
