package io.camelback.ledger;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Maps errors of SQLite and the file system to a cause and a remedy. */
final class SqliteErrors {
    private static final int PRIMARY = 0xff;
    private static final String KEEP =
            " The ledger itself is intact: do not move it away, or every budget starts at zero.";

    /** What is wrong. */
    enum Problem {
        FULL("the disk is full", "Free some space on the file system that holds it." + KEEP),
        UNREADABLE("the disk cannot be read or written", "Check the disk, the mount and the system's log." + KEEP),
        READ_ONLY(
                "its file or its file system is read-only",
                "Make both writable for the user that the gateway runs as." + KEEP),
        NOT_ALLOWED(
                "the gateway may not read and write there",
                "Give the user that it runs as the right to read and write the" + " folder and the files in it."
                        + KEEP),
        UNREACHABLE(
                "its file cannot be opened",
                "The folder must exist and be reachable, the path must name a file and no folder,"
                        + " and the gateway must be allowed to write there." + KEEP),
        BUSY(
                "another program holds it locked",
                "Stop that program; a backup is taken by \"VACUUM INTO\", not by a lock." + KEEP),
        DAMAGED(
                "it is damaged, or no ledger",
                "Put a backup in its place, or move it away, which starts a new one with nothing spent."),
        OTHER("the database failed", "The log has the details." + KEEP);

        private final String cause;
        private final String remedy;

        Problem(String cause, String remedy) {
            this.cause = cause;
            this.remedy = remedy;
        }

        String cause() {
            return cause;
        }

        String remedy() {
            return remedy;
        }
    }

    private SqliteErrors() {}

    /** Of what was thrown when the ledger was opened. */
    static Problem of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException failure) {
                return of(failure.getResultCode().code);
            }
            if (cause instanceof SQLException failure && failure.getErrorCode() != 0) {
                return of(failure.getErrorCode());
            }
            if (cause instanceof IOException failure) {
                return of(failure);
            }
        }
        return Problem.OTHER;
    }

    /** @param code SQLite's, also an extended one */
    static Problem of(int code) {
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE.code || code == SQLiteErrorCode.SQLITE_FULL.code) {
            return Problem.FULL;
        }
        return switch (code & PRIMARY) {
            case 3, 23 -> Problem.NOT_ALLOWED;
            case 5, 6 -> Problem.BUSY;
            case 8 -> Problem.READ_ONLY;
            case 10 -> Problem.UNREADABLE;
            case 11, 26 -> Problem.DAMAGED;
            case 13 -> Problem.FULL;
            case 14 -> Problem.UNREACHABLE;
            default -> Problem.OTHER;
        };
    }

    private static Problem of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return Problem.NOT_ALLOWED;
        }
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        String said = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        if (said.contains("no space") || said.contains("quota exceeded")) {
            return Problem.FULL;
        }
        if (said.contains("read-only")) {
            return Problem.READ_ONLY;
        }
        return said.contains("input/output") || said.contains("stale") ? Problem.UNREADABLE : Problem.UNREACHABLE;
    }

    /** For a ledger that is in use. Names no path. */
    static LedgerUnavailableException unavailable(SQLException e) {
        Problem problem = of(e);
        return problem == Problem.OTHER
                ? LedgerDatabase.unavailable(e)
                : new LedgerUnavailableException(
                        "the ledger cannot be used: " + problem.cause() + ". " + problem.remedy(), e);
    }
}
