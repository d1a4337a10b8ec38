package io.camelback.budget;

import io.camelback.ledger.GroupCommit;
import io.camelback.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * Collects settlements and writes them to the ledger in batches; what cannot be written now is written later.
 * Thread-safe.
 */
final class SettlementQueue {
    /** Bills are never turned away: each is an attempt that is over, of which there are no more than were let in. */
    private static final int LONGEST = Integer.MAX_VALUE;

    private static final Duration LAST_BILLS = Duration.ofSeconds(20);
    private final SettlementWriter writer;
    private final GroupCommit<Settlement, List<BudgetDao.Sums>> commits;
    /**
     * So many bills may wait for a database that is away before reservations of unknown outcome are left to recovery.
     */
    private static final int ROOM = 10_000;

    private final Queue<Settlement> unsettled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final BiConsumer<Settlement, List<BudgetDao.Sums>> settled;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private long count;

    /** @param settled is told of each bill that is written, with how its budgets stand then */
    SettlementQueue(Ledger ledger, BiConsumer<Settlement, List<BudgetDao.Sums>> settled) {
        this.settled = settled;
        this.writer = new SettlementWriter(ledger);
        this.commits = new GroupCommit<>(ledger.database(), LONGEST, writer);
    }

    /** Does not wait. */
    void add(Settlement bill) {
        commits.submit(bill, () -> true).whenComplete((sums, failed) -> {
            if (failed == null) {
                done(bill, sums);
            } else {
                unsettled.add(bill);
                waiting.incrementAndGet();
            }
        });
    }

    private void done(Settlement bill, List<BudgetDao.Sums> sums) {
        settled.accept(bill, sums);
        lock.lock();
        try {
            count++;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes those that could not be written before. @throws io.camelback.ledger.LedgerUnavailableException when they
     * still cannot
     */
    void retry() {
        for (Settlement bill = unsettled.peek(); bill != null; bill = unsettled.peek()) {
            done(bill, writer.write(List.of(bill)).get(0));
            if (unsettled.remove(bill)) {
                waiting.decrementAndGet();
            }
        }
    }

    /** Writes all there are, before the ledger is closed. */
    void finish() {
        commits.awaitIdle(LAST_BILLS);
        retry();
    }

    /** Whether bills wait because the ledger could not take them, so that nobody knows what is left. */
    boolean isBehind() {
        return !unsettled.isEmpty();
    }

    /** Whether few enough bills wait to add one that recovery would write as well. */
    boolean hasRoom() {
        return waiting.get() < ROOM;
    }

    /** How many bills were written so far. */
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until more bills than that are written, but no longer than so. */
    void awaitMore(long than, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (count <= than && left > 0) {
                left = freed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
