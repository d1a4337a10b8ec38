package io.camelback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.Usage;
import io.camelback.testkit.LedgerSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in a file. */
class SqliteDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void rows_are_there_when_it_is_opened_again() {
        try (Ledger ledger = open()) {
            LedgerSamples.hundred().forEach(ledger::add);
        }
        try (Ledger again = open()) {
            assertThat(LedgerSamples.count(again, "camelback_attempt")).isEqualTo(100);
            assertThat(LedgerSamples.count(again, "camelback_request")).isEqualTo(100);
        }
    }

    @Test
    void a_row_that_is_written_twice_is_there_once() {
        try (Ledger ledger = open()) {
            ledger.add(LedgerSamples.attempt("a", Usage.of(1, 2)));
            ledger.sync();
            ledger.add(LedgerSamples.attempt("a", Usage.of(1, 2)));
            ledger.sync();
            assertThat(LedgerSamples.count(ledger, "camelback_attempt")).isEqualTo(1);
        }
    }

    @Test
    void what_a_caller_wrote_cannot_break_a_row() {
        try (Ledger ledger = open()) {
            ledger.add(LedgerSamples.request("r", "gpt\u0000\ud800" + "x".repeat(10_000)));
            ledger.sync();
            assertThat(LedgerSamples.text(ledger, "SELECT asked FROM camelback_request"))
                    .startsWith("gpt??xxx")
                    .hasSize(300);
        }
    }

    @Test
    void D14_a_second_process_on_one_file_is_refused() {
        try (Ledger first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerRefusedException.class)
                    .hasMessageContaining("in use by another gateway")
                    .hasMessageContaining("ledger.db");
            assertThat(first.problem()).isEmpty();
        }
        open().close();
    }

    @Test
    void D15_a_damaged_file_is_refused_and_not_begun_anew() throws Exception {
        open().close();
        byte[] bytes = Files.readAllBytes(file());
        java.util.Arrays.fill(bytes, 0, 4096, (byte) 'x');
        Files.write(file(), bytes);

        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerRefusedException.class)
                .hasMessageContaining("damaged, or no ledger");
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }

    @Test
    void D15_what_a_killed_process_left_in_the_wal_is_there() throws Exception {
        Path copy = folder.resolve("copy/data/ledger.db");
        Files.createDirectories(copy.getParent());
        try (Ledger ledger = open()) {
            LedgerSamples.hundred().forEach(ledger::add);
            ledger.sync();
            for (String suffix : new String[] {"", "-wal"}) {
                Files.copy(folder.resolve("data/ledger.db" + suffix), copy.resolveSibling("ledger.db" + suffix));
            }
        }
        assertThat(Files.size(copy.resolveSibling("ledger.db-wal"))).isPositive();
        try (Ledger survivor = Ledger.open(SqliteDatabase.open(copy, Clock.systemUTC()), new Random())) {
            assertThat(LedgerSamples.count(survivor, "camelback_attempt")).isEqualTo(100);
        }
    }

    @Test
    void D19_tables_of_a_newer_version_are_refused() throws Exception {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO camelback_schema SELECT 99, '99', 'of the future', type, script, checksum, installed_by, "
                            + "installed_on, execution_time, success FROM camelback_schema WHERE version = '1'");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerRefusedException.class)
                .hasMessageContaining("another version of Camelback");
    }

    @Test
    void D19_the_tables_are_brought_up_to_date_once() {
        open().close();
        try (Ledger again = open()) {
            assertThat(LedgerSamples.number(again, "SELECT COUNT(*) FROM camelback_schema WHERE version = '1'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void D05_a_full_disk_makes_it_unwell_until_there_is_room() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(file(), Clock.systemUTC());
        try (Ledger ledger = Ledger.open(database, new Random())) {
            limit(database, LedgerSamples.number(ledger, "PRAGMA page_count"));
            for (int i = 0; i < 20; i++) {
                LedgerSamples.hundred().forEach(ledger::add);
            }
            LedgerSamples.soon(() -> assertThat(ledger.problem()).isPresent());
            assertThat(ledger.waiting()).isPositive();

            limit(database, 1_000_000);
            LedgerSamples.soon(() -> assertThat(ledger.waiting()).isZero());
            assertThat(LedgerSamples.count(ledger, "camelback_attempt")).isEqualTo(2_000);
            assertThat(ledger.lost()).isZero();
        }
    }

    @Test
    void D06_beyond_the_spool_rows_are_counted_and_lost_and_nobody_waits() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(file(), Clock.systemUTC());
        try (Ledger ledger = Ledger.open(database, new Random())) {
            limit(database, LedgerSamples.number(ledger, "PRAGMA page_count"));
            for (int i = 0; i < 12_000; i++) {
                ledger.add(LedgerSamples.attempt("row-" + i, null));
            }
            assertThat(ledger.lost()).isBetween(1L, 2_000L);
            limit(database, 1_000_000);
        }
    }

    private static void limit(SqliteDatabase database, long pages) {
        database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("PRAGMA max_page_count = " + pages);
            }
        });
    }

    private Path file() {
        return folder.resolve("data/ledger.db");
    }

    private Ledger open() {
        return Ledger.open(SqliteDatabase.open(file(), Clock.systemUTC()), new Random());
    }
}
