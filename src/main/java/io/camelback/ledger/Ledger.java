package io.camelback.ledger;

import io.camelback.cache.AnswerStore;
import io.camelback.concurrent.DaemonThreads;
import io.camelback.idempotency.ReplyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes this gateway's rows to the ledger, off the request's path, and its heartbeat every few seconds, so that other
 * gateways do not settle its open reservations as those of a stopped one. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
    /** A gateway that has given no sign of life for so long is dead. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    /** How often a database that is away is looked for. */
    private static final Duration RETURN_LOOK = Duration.ofMillis(250);

    private static final Duration FLUSH = Duration.ofMillis(200);
    /** How many requests that are done may wait for the database at once. */
    private static final int MOST_COMMITS = 2_000;

    private static final Duration FORGET = Duration.ofHours(1);
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    /** How long what waits is tried again when the ledger is closed, and the pause between. */
    private static final Duration LAST_TRIES = Duration.ofSeconds(5);

    private static final Duration LAST_PAUSE = Duration.ofMillis(250);

    private final LedgerDatabase database;
    private final String gateway;
    private final WriteBehindQueue spool = new WriteBehindQueue();
    private final GroupCommit<List<LedgerRow>, Boolean> commits;
    private final AtomicLong rows = new AtomicLong();
    private final List<Runnable> chores = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService housekeeper = timer("camelback-ledger-chores");
    /** Of its own, because what the housekeeper does waits for the database. */
    private final ScheduledExecutorService watch = timer("camelback-ledger-watch");

    private final LedgerHealth health = new LedgerHealth();

    private Ledger(LedgerDatabase database, RandomGenerator random) {
        this.database = database;
        this.commits = new GroupCommit<>(database, MOST_COMMITS, batch -> LedgerRowWriter.write(database, batch));
        this.gateway = String.format("%08x", random.nextInt()) + String.format("%08x", random.nextInt());
    }

    private static ScheduledExecutorService timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /**
     * Begins to keep the ledger. A database that is down for now is no reason not to begin.
     *
     * @param random names this gateway among those that share the ledger
     * @throws LedgerRefusedException when the tables are of a newer version
     */
    public static Ledger open(LedgerDatabase database, RandomGenerator random) {
        Ledger ledger = new Ledger(database, random);
        try {
            ledger.heartbeat();
        } catch (LedgerUnavailableException e) {
            if (e.getCause() instanceof LedgerRefusedException refused) {
                database.close();
                throw refused;
            }
            ledger.markFailed(e);
        }
        ledger.schedule(HEARTBEAT, ledger::heartbeat);
        ledger.watch.scheduleWithFixedDelay(
                () -> ledger.quietly(ledger::lookForReturn),
                RETURN_LOOK.toMillis(),
                RETURN_LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
        ledger.schedule(FLUSH, ledger::flush);
        return ledger;
    }

    /** Answers kept beside the ledger. */
    public AnswerStore answers() {
        JdbcAnswerStore answers = new JdbcAnswerStore(database);
        schedule(FORGET, answers::forget);
        return answers;
    }

    /** Requests that are run once, kept beside the ledger. @param maxWait how long a request waits for them */
    public ReplyStore replies(Duration maxWait, Clock clock) {
        return new JdbcReplyStore(this, maxWait, clock);
    }

    /** From now on this is done again and again by the ledger's own thread; when it fails, the ledger is unwell. */
    public void schedule(Duration pause, Runnable chore) {
        housekeeper.scheduleWithFixedDelay(
                () -> quietly(chore), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on this is done before the ledger is closed, and may still write. */
    public void onClose(Runnable chore) {
        chores.add(chore);
    }

    /** @return whether it was done */
    private boolean quietly(Runnable chore) {
        try {
            chore.run();
            return true;
        } catch (LedgerUnavailableException e) {
            markFailed(e);
        } catch (RuntimeException | Error e) {
            // An Error, too: thrown on, it would end the schedule, and nothing would be written any more.
            LOG.error("A background task of the ledger failed", e);
        }
        return false;
    }

    /** Notes that the database could not be asked. */
    public void markFailed(LedgerUnavailableException e) {
        health.failed(e);
    }

    /**
     * Notes that the database works; as long as rows cannot be written, it does not, nor before this gateway's own row
     * is there: without one, others take it for dead and what it has claimed for theirs.
     */
    public void markHealthy() {
        health.works();
    }

    /** Gives a sign of life. */
    void heartbeat() {
        long now = database.now();
        database.write(connection -> GatewayDao.beat(connection, gateway, now));
        health.beaten(now);
    }

    private void lookForReturn() {
        if (problem().isPresent()) {
            database.reconnect();
            heartbeat();
        }
    }

    private void flush() {
        if (spool.size() > 0) {
            try {
                spool.empty(database, MAX_WAIT);
            } catch (LedgerUnavailableException e) {
                health.stuck();
                throw e;
            }
            health.written();
        }
    }

    /** Writes a row soon. Never waits, never throws. */
    public void add(LedgerRow row) {
        spool.add(row);
    }

    /**
     * Writes rows together with those of other requests, and waits until they are committed, but not longer than so.
     * What cannot be written now is written soon. Never throws. While the database is known to be away, nobody waits.
     */
    public void write(List<? extends LedgerRow> together, Duration wait) {
        CompletableFuture<Boolean> running = commits.submit(List.copyOf(together), () -> true);
        running.whenComplete((written, failed) -> {
            if (failed != null) {
                together.forEach(spool::add);
            }
        });
        if (problem().isPresent()) {
            return;
        }
        try {
            LedgerDatabase.await(running, wait);
        } catch (LedgerUnavailableException e) {
            markFailed(e);
        } catch (RuntimeException e) {
            LOG.error("Ledger rows could not be written; they are retried", e);
        }
    }

    /** An id that no other row has, of this gateway or another. */
    public String nextId() {
        return gateway + "-" + Long.toString(rows.incrementAndGet(), Character.MAX_RADIX);
    }

    /**
     * Whether this gateway is the first of all that share the ledger to claim this; only then it may do what is
     * claimed.
     */
    public boolean claim(String name) {
        long now = database.now();
        return database.write(connection -> GatewayDao.claim(connection, name, gateway, now));
    }

    public LedgerDatabase database() {
        return database;
    }

    /** The name of this process among those that share the ledger. */
    public String gateway() {
        return gateway;
    }

    /** Why the ledger cannot be used now; empty when it can. */
    public Optional<LedgerUnavailableException> problem() {
        return health.problem();
    }

    /** Whether the database has answered since this gateway began. */
    public boolean seen() {
        return health.seen();
    }

    /**
     * Whether whoever has given no sign of life for a {@link #LEASE} is dead, and was not only kept from it by the
     * database.
     */
    boolean steady() {
        return health.steady();
    }

    /** How many rows wait to be written. */
    public int waiting() {
        return spool.size();
    }

    /** Whether so many rows wait that further ones are lost. */
    public boolean isFull() {
        return spool.isFull();
    }

    /** How many rows were lost since the start, because the database was away for too long. */
    public long lost() {
        return spool.lost();
    }

    /** Writes what waits now. @throws LedgerUnavailableException when it cannot be written */
    public void sync() {
        spool.empty(database, MAX_WAIT);
    }

    /** A database that is away for moments while a gateway stops loses nothing. */
    private void writeTheRest() {
        long begun = System.nanoTime();
        while (true) {
            boolean written = quietly(this::sync);
            for (Runnable chore : chores) {
                written &= quietly(chore);
            }
            if (written || System.nanoTime() - begun > LAST_TRIES.toNanos()) {
                return;
            }
            LockSupport.parkNanos(LAST_PAUSE.toNanos());
            quietly(database::reconnect);
        }
    }

    /** Writes what waits, and lets go of the database. */
    @Override
    public void close() {
        watch.shutdown();
        housekeeper.shutdown();
        try {
            housekeeper.awaitTermination(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
            watch.awaitTermination(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        commits.awaitIdle(MAX_WAIT);
        writeTheRest();
        quietly(() -> database.write(connection -> GatewayDao.leave(connection, gateway)));
        if (spool.size() > 0 || spool.lost() > 0) {
            LOG.error("Ledger: {} rows could not be written", spool.size() + spool.lost());
        }
        database.close();
    }
}
