package io.camelback.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Collects changes that wait for the database and commits them together: while one batch is written the next one fills,
 * so that a slow database makes batches larger and not the queue longer. One batch at a time; within it, first come,
 * first served. Load is shed by the length of the queue. Thread-safe.
 *
 * @param <I> what is to be changed
 * @param <O> what became of it
 */
public final class GroupCommit<I, O> {
    /** How many changes one transaction holds at most. */
    static final int LARGEST_BATCH = 256;

    private static final long IDLE = 0;
    private static final long LOOK = Duration.ofMillis(1).toNanos();

    private final LedgerDatabase database;
    private final BatchWriter<I, O> writer;
    private final int longestQueue;
    private final Queue<Waiting<I, O>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long startedAt = IDLE;
    private volatile boolean failed;

    /** Writes one batch, in one transaction. */
    public interface BatchWriter<I, O> {
        /**
         * @return one outcome for each change, in their order
         * @throws LedgerUnavailableException when the batch is not written, or nobody knows whether it is
         */
        List<O> write(List<I> batch);
    }

    private record Waiting<I, O>(I item, BooleanSupplier wanted, CompletableFuture<O> done) {}

    /** @param longestQueue how many changes may wait; more are turned away at once */
    public GroupCommit(LedgerDatabase database, int longestQueue, BatchWriter<I, O> writer) {
        this.database = database;
        this.writer = writer;
        this.longestQueue = longestQueue;
    }

    /**
     * Hands a change over. The future fails with {@link LedgerUnavailableException} when the queue is full or the batch
     * could not be written.
     *
     * @param wanted asked when its turn has come: what nobody waits for any more is not begun
     */
    public CompletableFuture<O> submit(I item, BooleanSupplier wanted) {
        if (length.incrementAndGet() > longestQueue) {
            length.decrementAndGet();
            return CompletableFuture.failedFuture(new LedgerUnavailableException(
                    "more than " + longestQueue + " requests wait for the ledger's database", null));
        }
        CompletableFuture<O> done = new CompletableFuture<>();
        queue.add(new Waiting<>(item, wanted, done));
        start();
        return done;
    }

    /** Whether the last batch failed, or the one that is due takes longer than this. */
    public boolean troubled(long nanos) {
        long since = startedAt;
        return failed || since != IDLE && System.nanoTime() - since > nanos;
    }

    /** Waits until nothing is waiting or under way, but no longer than so. */
    public void awaitIdle(Duration maxWait) {
        long deadline = System.nanoTime() + maxWait.toNanos();
        while ((running.get() || !queue.isEmpty())
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK);
        }
    }

    private void start() {
        if (!queue.isEmpty() && running.compareAndSet(false, true)) {
            startedAt = Math.max(1, System.nanoTime());
            database.run(this::writeBatch, this::refuseAll);
        }
    }

    private void writeBatch() {
        try {
            List<Waiting<I, O>> batch = nextBatch();
            if (!batch.isEmpty()) {
                write(batch);
            }
        } finally {
            startedAt = IDLE;
            running.set(false);
            start();
        }
    }

    private List<Waiting<I, O>> nextBatch() {
        List<Waiting<I, O>> batch = new ArrayList<>();
        while (batch.size() < LARGEST_BATCH) {
            Waiting<I, O> next = queue.poll();
            if (next == null) {
                break;
            }
            length.decrementAndGet();
            if (next.wanted().getAsBoolean()) {
                batch.add(next);
            } else {
                next.done()
                        .completeExceptionally(
                                new LedgerUnavailableException("the request that waited for this has ended", null));
            }
        }
        return batch;
    }

    private void write(List<Waiting<I, O>> batch) {
        List<O> outcomes;
        try {
            outcomes = writer.write(batch.stream().map(Waiting::item).toList());
            failed = false;
        } catch (RuntimeException | Error e) {
            // An Error, too: whoever waits must hear of it, and a bill that nobody hears of would be lost.
            failed = true;
            batch.forEach(waiting -> waiting.done().completeExceptionally(e));
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            batch.get(i).done().complete(outcomes.get(i));
        }
    }

    private void refuseAll(LedgerUnavailableException closed) {
        for (Waiting<I, O> next = queue.poll(); next != null; next = queue.poll()) {
            length.decrementAndGet();
            next.done().completeExceptionally(closed);
        }
        running.set(false);
    }
}
