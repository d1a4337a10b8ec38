package io.camelback.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Queues rows for the database. Putting one in takes a moment and never waits; when the database is away for so long
 * that the spool is full, further rows are counted and lost (docs/failures.md D06), which health tells. Emptied by one
 * thread.
 */
final class WriteBehindQueue {
    static final int ROOM = 10_000;
    private static final int AT_ONCE = 500;
    private final BlockingQueue<LedgerRow> waiting = new ArrayBlockingQueue<>(ROOM);
    private final List<LedgerRow> leaving = new ArrayList<>();
    private final AtomicLong lost = new AtomicLong();

    void add(LedgerRow row) {
        if (!waiting.offer(row)) {
            lost.incrementAndGet();
        }
    }

    boolean isFull() {
        return waiting.remainingCapacity() == 0;
    }

    int size() {
        return waiting.size() + leaving.size();
    }

    long lost() {
        return lost.get();
    }

    /**
     * Writes all that is there, in batches. What could not be written stays, and goes first the next time; its ids keep
     * it from being there twice if it was written after all.
     *
     * @throws LedgerUnavailableException from the first batch that failed
     */
    synchronized void empty(LedgerDatabase database, Duration maxWait) {
        Consumer<List<LedgerRow>> write = rows -> LedgerDatabase.await(
                database.submit(connection -> {
                    LedgerRowWriter.write(connection, rows);
                    return null;
                }),
                maxWait);
        while (!leaving.isEmpty() || waiting.drainTo(leaving, AT_ONCE) > 0) {
            write.accept(List.copyOf(leaving));
            leaving.clear();
        }
    }
}
