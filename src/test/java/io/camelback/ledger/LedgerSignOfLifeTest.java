package io.camelback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose database is away when it begins, and writers that fail in ways nobody foresaw. */
class LedgerSignOfLifeTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-10-01T00:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void a_ledger_has_seen_its_database_only_when_its_own_row_is_there() {
        try (AwayDatabase database = new AwayDatabase(SqliteDatabase.open(folder.resolve("ledger.db"), clock));
                Ledger ledger = Ledger.open(database, new Random(1))) {
            assertThat(ledger.problem()).isPresent();

            ledger.markHealthy();
            assertThat(ledger.seen())
                    .as("somebody's query got through, the sign of life did not")
                    .isFalse();
            assertThat(ledger.problem()).isPresent();

            database.away = false;
            LedgerSamples.soon(() -> assertThat(ledger.problem()).isEmpty());
            assertThat(ledger.seen()).isTrue();
            assertThat(LedgerSamples.number(
                            ledger,
                            "SELECT COUNT(*) FROM camelback_gateway WHERE gateway = '" + ledger.gateway() + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whoever_waits_hears_of_an_error_in_the_writer() {
        try (LedgerDatabase database = SqliteDatabase.open(folder.resolve("ledger.db"), clock)) {
            GroupCommit<String, String> commits = new GroupCommit<>(database, 10, batch -> {
                throw new StackOverflowError("of the writer");
            });
            CompletableFuture<String> done = commits.submit("a change", () -> true);
            assertThatThrownBy(() -> done.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StackOverflowError.class);
            commits.awaitIdle(Duration.ofSeconds(30));
            assertThat(commits.submit("the next", () -> true)).failsWithin(Duration.ofSeconds(30));
        }
    }

    /** Fails every change while it is away. */
    private static final class AwayDatabase extends LedgerDatabase {
        private final LedgerDatabase real;
        private volatile boolean away = true;

        AwayDatabase(LedgerDatabase real) {
            super(Executors.newSingleThreadExecutor());
            this.real = real;
        }

        @Override
        public <T> T write(Work<T> work) {
            if (away) {
                throw new LedgerUnavailableException("away", null);
            }
            return real.write(work);
        }

        @Override
        public <T> T read(Work<T> work) {
            return real.read(work);
        }

        @Override
        public boolean shared() {
            return real.shared();
        }

        @Override
        public long now() {
            return real.now();
        }

        @Override
        public void close() {
            super.close();
            real.close();
        }
    }
}
