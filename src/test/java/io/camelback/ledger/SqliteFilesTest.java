package io.camelback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.testkit.LedgerSamples;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.time.Clock;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ledger's files: whose they are, and what is said when they cannot be used. */
class SqliteFilesTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("data/ledger.db");
    }

    private TreeMap<String, String> permissions() throws IOException {
        TreeMap<String, String> permissions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path path : files.toList()) {
                permissions.put(
                        folder.relativize(path).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        return permissions;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobody_else_may_read_them() throws Exception {
        try (Ledger ledger = Ledger.open(SqliteDatabase.open(file(), Clock.systemUTC()), new Random())) {
            LedgerSamples.hundred().forEach(ledger::add);
            ledger.sync();
            assertThat(permissions())
                    .containsEntry("data", "rwx------")
                    .containsEntry("data/ledger.db", "rw-------")
                    .containsEntry("data/ledger.db-wal", "rw-------")
                    .containsEntry("data/ledger.db-shm", "rw-------")
                    .containsEntry("data/ledger.db.lock", "rw-------")
                    .hasSize(5);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void those_that_were_open_to_others_are_narrowed() throws Exception {
        Ledger.open(SqliteDatabase.open(file(), Clock.systemUTC()), new Random())
                .close();
        Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        Ledger.open(SqliteDatabase.open(file(), Clock.systemUTC()), new Random())
                .close();

        assertThat(permissions()).containsEntry("data", "rwx------").containsEntry("data/ledger.db", "rw-------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_folder_that_others_may_share_stays_as_it_is() throws Exception {
        Path shared = Files.createDirectory(
                folder.resolve("shared"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Ledger.open(SqliteDatabase.open(shared.resolve("mine.db"), Clock.systemUTC()), new Random())
                .close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("mine.db"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "3, NOT_ALLOWED",
        "5, BUSY",
        "6, BUSY",
        "8, READ_ONLY",
        "776, READ_ONLY",
        "10, UNREADABLE",
        "778, UNREADABLE",
        "4874, FULL",
        "11, DAMAGED",
        "13, FULL",
        "14, UNREACHABLE",
        "270, UNREACHABLE",
        "26, DAMAGED",
        "1, OTHER"
    })
    void SQLite_s_code_says_what_is_wrong(int code, SqliteErrors.Problem problem) {
        assertThat(SqliteErrors.of(code)).isEqualTo(problem);
        assertThat(problem.remedy().contains("move it away, which starts"))
                .isEqualTo(problem == SqliteErrors.Problem.DAMAGED);
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("data"), SqliteErrors.Problem.NOT_ALLOWED),
                Arguments.of(
                        new FileSystemException("data", null, "No space left on device"), SqliteErrors.Problem.FULL),
                Arguments.of(new FileSystemException("data", null, "Disk quota exceeded"), SqliteErrors.Problem.FULL),
                Arguments.of(
                        new FileSystemException("data", null, "Read-only file system"), SqliteErrors.Problem.READ_ONLY),
                Arguments.of(
                        new FileSystemException("data", null, "Input/output error"), SqliteErrors.Problem.UNREADABLE),
                Arguments.of(
                        new FileSystemException("data", null, "Stale file handle"), SqliteErrors.Problem.UNREADABLE),
                Arguments.of(new IOException("Not a directory"), SqliteErrors.Problem.UNREACHABLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exceptions")
    void so_does_the_file_system(IOException thrown, SqliteErrors.Problem problem) {
        assertThat(SqliteErrors.of(new IllegalStateException(thrown))).isEqualTo(problem);
    }

    @Test
    void a_folder_in_its_place_is_not_called_damage() throws Exception {
        Files.createDirectories(file());
        assertThatThrownBy(() -> SqliteDatabase.open(file(), Clock.systemUTC()))
                .isInstanceOf(LedgerRefusedException.class)
                .hasMessageContaining("cannot be opened: its file cannot be opened")
                .hasMessageContaining("do not move it away");
    }

    @Test
    void a_file_in_the_folder_s_place_is_not_called_damage() throws Exception {
        Files.writeString(folder.resolve("data"), "");
        assertThatThrownBy(() -> SqliteDatabase.open(file(), Clock.systemUTC()))
                .isInstanceOf(LedgerRefusedException.class)
                .hasMessageContaining("its file cannot be opened");
    }

    @Test
    void when_its_disk_is_full_the_operator_is_told_so_and_no_path() {
        SqliteDatabase database = SqliteDatabase.open(file(), Clock.systemUTC());
        try (Ledger ledger = Ledger.open(database, new Random())) {
            pragma(database, "max_page_count = " + LedgerSamples.number(ledger, "PRAGMA page_count"));
            assertThatThrownBy(() -> database.write(connection -> {
                        LedgerRowWriter.write(connection, LedgerSamples.hundred());
                        return null;
                    }))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("the disk is full. Free some space")
                    .hasMessageNotContaining("data");
            pragma(database, "max_page_count = 1000000");
        }
    }

    @Test
    void when_it_becomes_read_only_the_operator_is_told_so_and_no_path() {
        SqliteDatabase database = SqliteDatabase.open(file(), Clock.systemUTC());
        try (Ledger ledger = Ledger.open(database, new Random())) {
            pragma(database, "query_only = 1");
            assertThatThrownBy(ledger::heartbeat)
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("the ledger cannot be used: its file or its file system is read-only")
                    .hasMessageNotContaining("data");
        }
    }

    private static void pragma(SqliteDatabase database, String what) {
        database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("PRAGMA " + what);
            }
        });
    }
}
