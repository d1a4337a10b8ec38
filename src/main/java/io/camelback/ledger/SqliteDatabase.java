package io.camelback.ledger;

import io.camelback.concurrent.DaemonThreads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The embedded database: one file, one process, one writer. WAL with {@code synchronous=NORMAL}: what was committed
 * survives the death of the process at any moment; the last moments before a power failure may be lost, never torn.
 */
public final class SqliteDatabase extends LedgerDatabase {
    private static final int BUSY_MILLIS = 5_000;
    private final SQLiteDataSource source;
    private final FileChannel lockFile;
    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Clock clock;

    private SqliteDatabase(SQLiteDataSource source, FileChannel lockFile, Connection writer, Clock clock) {
        super(Executors.newSingleThreadExecutor(DaemonThreads.named("camelback-ledger")));
        this.source = source;
        this.lockFile = lockFile;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Opens the file, made when it is not there, and brings its tables up to date.
     *
     * @throws LedgerRefusedException when another process has it open, the disk is full or cannot be used, it is no
     *     ledger, it is damaged, or it is of a newer version
     */
    public static SqliteDatabase open(Path file, Clock clock) {
        FileChannel lockFile = lock(file);
        try {
            SQLiteDataSource source = source(file, false);
            SchemaMigration.migrate(source, file.toString());
            return new SqliteDatabase(source, lockFile, source.getConnection(), clock);
        } catch (SQLException | FlywayException e) {
            closeQuietly(lockFile);
            SqliteErrors.Problem problem = SqliteErrors.of(e);
            throw new LedgerRefusedException(
                    "The ledger " + file + " cannot be opened: " + problem.cause() + ". " + problem.remedy(), e);
        } catch (RuntimeException e) {
            closeQuietly(lockFile);
            throw e;
        }
    }

    /** For those who only read, beside a gateway that may be running. */
    static SQLiteDataSource readOnly(Path file) {
        return source(file, true);
    }

    private static SQLiteDataSource source(Path file, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setReadOnly(readOnly);
        if (!readOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** Held as long as the ledger is open; the system lets go of it when the process dies (docs/failures.md D14). */
    private static FileChannel lock(Path file) {
        FileChannel channel = null;
        try {
            PrivateFiles.prepare(file);
            channel = FileChannel.open(PrivateFiles.lock(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            throw inUse(file, e);
        } catch (IOException e) {
            closeQuietly(channel);
            SqliteErrors.Problem problem = SqliteErrors.of(e);
            throw new LedgerRefusedException(
                    "The ledger " + file + " cannot be opened: " + problem.cause() + " (" + e.getMessage() + "). "
                            + problem.remedy() + " Or name another file by ledger: { file: ... }, or say ledger: off.",
                    e);
        }
        closeQuietly(channel);
        throw inUse(file, null);
    }

    private static LedgerRefusedException inUse(Path file, Exception cause) {
        return new LedgerRefusedException(
                "The ledger " + file + " is in use by another gateway. Stop that one, give this one a home or a"
                        + " file of its own, or let both share a PostgreSQL by ledger: { url: ... }.",
                cause);
    }

    /**
     * The transaction is said in SQL: SQLite ends one by itself when the disk is full, which the driver does not
     * notice, and then what follows would run without one.
     */
    @Override
    public <T> T write(Work<T> work) {
        writing.lock();
        try {
            say("BEGIN IMMEDIATE");
            T result = work.in(writer);
            say("COMMIT");
            return result;
        } catch (SQLException e) {
            rollback(e);
            throw SqliteErrors.unavailable(e);
        } catch (RuntimeException e) {
            rollback(e);
            throw e;
        } finally {
            writing.unlock();
        }
    }

    private void say(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    private void rollback(Exception why) {
        try {
            say("ROLLBACK");
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        return read(source, work);
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public long now() {
        return clock.millis();
    }

    @Override
    public void close() {
        super.close();
        writing.lock();
        try {
            writer.close();
        } catch (SQLException e) {
            throw unavailable(e);
        } finally {
            writing.unlock();
            closeQuietly(lockFile);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new LedgerRefusedException("The ledger's lock could not be released: " + e.getMessage(), e);
        }
    }
}
