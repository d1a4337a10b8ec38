package io.camelback.memory;

/**
 * The share of one body in a {@link MemoryBudget}. It is taken in steps, so that the budget is not asked for every few
 * bytes. Thread-safe. A closed lease takes nothing more, and says of everything that it fits: its owner is gone.
 */
public final class MemoryLease implements AutoCloseable {
    /** So much is not counted, in bytes. */
    public static final long FREE = 16L << 10;

    private static final long STEP = 16L << 10;

    private final MemoryBudget budget;
    private long size;
    private long taken;
    private boolean closed;

    MemoryLease(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Takes more. @return whether it fits; when not, nothing was taken */
    public synchronized boolean grow(long more) {
        if (closed) {
            return true;
        }
        long missing = needed(size + more) - taken;
        if (missing > 0 && !budget.take(missing, size + more)) {
            return false;
        }
        taken += Math.max(0, missing);
        size += more;
        return true;
    }

    /** Counts what is there already and cannot be refused. */
    public synchronized void hold(long more) {
        if (!closed) {
            long missing = Math.max(0, needed(size + more) - taken);
            budget.takeAnyway(missing);
            taken += missing;
            size += more;
        }
    }

    /** Gives some of it back. */
    public synchronized void shrink(long less) {
        if (!closed) {
            size = Math.max(0, size - less);
            long keep = needed(size);
            if (keep < taken) {
                budget.giveBack(taken - keep);
                taken = keep;
            }
        }
    }

    /** What it has, in bytes, the part that is not counted included. */
    public synchronized long size() {
        return size;
    }

    private static long needed(long size) {
        return size <= FREE ? 0 : (size - FREE + STEP - 1) / STEP * STEP;
    }

    /** Gives all of it back. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            budget.giveBack(taken);
            taken = 0;
            size = 0;
        }
    }
}
