package io.camelback.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Access to the ledger's tables. The SQL is the same for SQLite and PostgreSQL; what differs is how a connection is
 * had, and that stands in the two subclasses. Thread-safe.
 */
public abstract class LedgerDatabase implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(20);
    private final ExecutorService workers;

    /** What is done with a connection: one transaction, whole or not at all. It may be run again after a failure. */
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** @param workers run the transactions that are handed over; as many at once as the database takes */
    LedgerDatabase(ExecutorService workers) {
        this.workers = workers;
    }

    /**
     * Runs a transaction on this thread. @throws LedgerUnavailableException when it could not be run, or nobody knows
     * whether it was
     */
    public abstract <T> T write(Work<T> work);

    /** Reads what was committed. @throws LedgerUnavailableException when it cannot */
    public abstract <T> T read(Work<T> work);

    /**
     * Runs one statement that is a transaction of its own. It ends when the statement does: what it locks is free again
     * without another trip to the database.
     *
     * @throws LedgerUnavailableException when it could not be run, or nobody knows whether it was
     */
    public <T> T statement(Work<T> work) {
        return write(work);
    }

    /** Reads by a connection of this source. */
    static <T> T read(DataSource source, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.in(connection);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /**
     * Looks whether a database that was away is back, and connects to it if it is. @throws LedgerUnavailableException
     * when it is not
     */
    public void reconnect() {}

    /** Whether other gateways may use it at the same time. */
    public abstract boolean shared();

    /** The time that all who share this database agree on, Unix time in milliseconds. */
    public abstract long now();

    /**
     * Hands a transaction over. The future fails with {@link LedgerUnavailableException}, or with what the work threw.
     */
    public final <T> CompletableFuture<T> submit(Work<T> work) {
        return submit(work, () -> true);
    }

    /** @param wanted asked when its turn has come: what nobody waits for any more is not begun */
    public final <T> CompletableFuture<T> submit(Work<T> work, BooleanSupplier wanted) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        if (!wanted.getAsBoolean()) {
                            throw new LedgerUnavailableException("the request that waited for this has ended", null);
                        }
                        return write(work);
                    },
                    workers);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new LedgerUnavailableException("the ledger is closed", e));
        }
    }

    /** Runs a task on a worker. @param closed told instead when the ledger is closed */
    final void run(Runnable task, Consumer<LedgerUnavailableException> closed) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            closed.accept(new LedgerUnavailableException("the ledger is closed", e));
        }
    }

    /**
     * What a transaction that was handed over came to.
     *
     * @param maxWait how long to wait for it; it may still be run afterwards
     * @throws LedgerUnavailableException when it failed or took longer; whatever else the work threw
     */
    public static <T> T await(CompletableFuture<T> running, Duration maxWait) {
        try {
            return running.get(maxWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new LedgerUnavailableException(
                    "the ledger's database took longer than " + maxWait.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailableException("interrupted while waiting for the ledger", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new LedgerUnavailableException("the ledger failed with an internal error", e.getCause());
        }
    }

    /** Finishes what was handed over, and lets go of the database. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** In words that hold no address, user or path: a driver's own text may. */
    static LedgerUnavailableException unavailable(SQLException e) {
        return new LedgerUnavailableException(
                "the ledger's database failed (" + e.getClass().getSimpleName() + ", SQL state " + e.getSQLState()
                        + ", code " + e.getErrorCode() + ")",
                e);
    }
}
