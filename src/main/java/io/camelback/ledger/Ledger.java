package io.camelback.ledger;

import io.camelback.degrade.AnswerStore;
import io.camelback.idempotency.ReplyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway's hand in the ledger. Rows are written off the request's path; a sign of life says every few seconds that this
 * gateway is there, so that another one does not take its open reservations for those of a dead one. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
    /** A gateway that has given no sign of life for so long is dead. */
    public static final Duration LEASE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration BEAT = Duration.ofSeconds(5);
    /** How long the database must have been well before the silence of others means anything: they have beaten twice by then. */
    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final long NEVER = Long.MAX_VALUE;
    /** How often a database that is away is looked for. */
    private static final Duration RETURN_LOOK = Duration.ofMillis(250);
    private static final Duration FLUSH = Duration.ofMillis(200);
    private static final Duration FORGET = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final String gateway;
    private final Spool spool = new Spool();
    private final AtomicLong rows = new AtomicLong();
    private final List<Runnable> chores = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService housekeeper;
    private volatile LedgerUnavailable problem;
    private volatile boolean seen;
    private volatile long steadySince = NEVER;
    private volatile long lastBeat;
    private volatile boolean stuck;

    private Ledger(Database database, RandomGenerator random) {
        this.database = database;
        this.gateway = String.format("%08x", random.nextInt()) + String.format("%08x", random.nextInt());
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, LedgerThreads.named("camelback-ledger-chores"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.housekeeper = timer;
    }

    /**
     * Begins to keep the ledger. A database that is down for now is no reason not to begin.
     *
     * @param random names this gateway among those that share the ledger
     * @throws LedgerRefused when the tables are of a newer version
     */
    public static Ledger open(Database database, RandomGenerator random) {
        Ledger ledger = new Ledger(database, random);
        try {
            ledger.beat();
        } catch (LedgerUnavailable e) {
            if (e.getCause() instanceof LedgerRefused refused) {
                database.close();
                throw refused;
            }
            ledger.failed(e);
        }
        ledger.every(BEAT, ledger::beat);
        ledger.every(RETURN_LOOK, ledger::lookForReturn);
        ledger.every(FLUSH, ledger::flush);
        return ledger;
    }

    /** Answers kept beside the ledger. */
    public AnswerStore answers() {
        KeptAnswers answers = new KeptAnswers(database);
        every(FORGET, answers::forget);
        return answers;
    }

    /** Requests that are run once, kept beside the ledger. @param patience how long a request waits for them */
    public ReplyStore replies(Duration patience, Clock clock) {
        return new KeptReplies(this, patience, clock);
    }

    /** From now on this is done again and again by the ledger's own thread; when it fails, the ledger is unwell. */
    public void every(Duration pause, Runnable chore) {
        housekeeper.scheduleWithFixedDelay(() -> quietly(chore), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on this is done before the ledger is closed, and may still write. */
    public void beforeClosing(Runnable chore) {
        chores.add(chore);
    }

    private void quietly(Runnable chore) {
        try {
            chore.run();
        } catch (LedgerUnavailable e) {
            failed(e);
        } catch (RuntimeException e) {
            LOG.error("The ledger's housekeeping failed", e);
        }
    }

    /** Notes that the database could not be asked. */
    public void failed(LedgerUnavailable e) {
        if (problem == null) {
            LOG.warn("Ledger: {}. Requests that a budget must allow, or that have an Idempotency-Key, are refused until it is"
                    + " back; others go on.", e.getMessage());
        }
        problem = e;
        steadySince = NEVER;
    }

    /** Notes that the database works; as long as rows cannot be written, it does not. */
    public void works() {
        seen = true;
        if (stuck) {
            return;
        }
        if (problem != null) {
            LOG.info("Ledger: it works again");
        }
        problem = null;
    }

    /** Gives a sign of life. */
    void beat() {
        long now = database.now();
        database.write(connection -> beat(connection, now));
        lastBeat = now;
        if (steadySince == NEVER) {
            steadySince = now;
        }
        works();
    }

    private void lookForReturn() {
        if (problem != null) {
            database.reconnect();
            beat();
        }
    }

    private Void beat(Connection connection, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO camelback_gateway (gateway, seen) VALUES (?, ?) "
                + "ON CONFLICT (gateway) DO UPDATE SET seen = excluded.seen")) {
            statement.setString(1, gateway);
            statement.setLong(2, now);
            statement.executeUpdate();
        }
        return null;
    }

    private void flush() {
        if (spool.size() > 0) {
            try {
                spool.empty(database, PATIENCE);
            } catch (LedgerUnavailable e) {
                stuck = true;
                throw e;
            }
            if (stuck) {
                stuck = false;
                works();
            }
        }
    }

    /** Writes a row soon. Never waits, never throws. */
    public void add(Row row) {
        spool.add(row);
    }

    /** An id that no other row has, of this gateway or another. */
    public String nextId() {
        return gateway + "-" + Long.toString(rows.incrementAndGet(), Character.MAX_RADIX);
    }

    /** Whether this gateway is the first of all that share the ledger to claim this; only then it may do what is claimed. */
    public boolean claim(String name) {
        long now = database.now();
        return database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO camelback_claim (name, gateway, at) "
                    + "VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING")) {
                statement.setString(1, name);
                statement.setString(2, gateway);
                statement.setLong(3, now);
                return statement.executeUpdate() == 1;
            }
        });
    }

    public Database database() {
        return database;
    }

    /** The name of this process among those that share the ledger. */
    public String gateway() {
        return gateway;
    }

    /** Why the ledger cannot be used now; empty when it can. */
    public Optional<LedgerUnavailable> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether the database has answered since this gateway began. */
    public boolean seen() {
        return seen;
    }

    /** Whether whoever has given no sign of life for a {@link #LEASE} is dead, and was not only kept from it by the database. */
    boolean steady() {
        long since = steadySince;
        return since != NEVER && lastBeat - since >= STEADY.toMillis();
    }

    /** How many rows wait to be written. */
    public int waiting() {
        return spool.size();
    }

    /** Whether so many rows wait that further ones are lost. */
    public boolean full() {
        return spool.isFull();
    }

    /** How many rows were lost since the start, because the database was away for too long. */
    public long lost() {
        return spool.lost();
    }

    /** Writes what waits now. @throws LedgerUnavailable when it cannot be written */
    public void sync() {
        spool.empty(database, PATIENCE);
    }

    /** Writes what waits, and lets go of the database. */
    @Override
    public void close() {
        housekeeper.shutdown();
        try {
            housekeeper.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        chores.forEach(this::quietly);
        quietly(this::sync);
        quietly(() -> database.write(this::leave));
        if (spool.size() > 0 || spool.lost() > 0) {
            LOG.error("Ledger: {} rows could not be written", spool.size() + spool.lost());
        }
        database.close();
    }

    private Void leave(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM camelback_gateway WHERE gateway = ?")) {
            statement.setString(1, gateway);
            statement.executeUpdate();
        }
        return null;
    }
}
