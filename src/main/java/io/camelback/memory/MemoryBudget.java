package io.camelback.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory of all bodies in flight: requests, and buffered parts of answers. Whoever buffers takes a
 * {@link MemoryLease}, lets it grow as the buffer grows, and closes it. Thread-safe; one per gateway.
 *
 * <p>A part is kept for small bodies: a large one is refused while there is still room for those. What a lease takes up
 * to {@link MemoryLease#FREE} is not counted at all, so that usual requests are served however full it is.
 */
public final class MemoryBudget {
    /** What the gateway itself needs of the heap, in bytes: classes' data, the tokenizer, routes, caches. */
    private static final long OWN_NEED = 64L << 20;
    /** Of the rest of the largest heap the JVM may have, in percent, unless the configuration says otherwise. */
    public static final int USUAL_PERCENT = 40;
    /** Larger leases leave a tenth of the budget to smaller ones, in bytes. */
    static final long SMALL = 64L << 10;
    /** Larger leases leave a quarter of the budget to smaller ones, in bytes. */
    static final long MEDIUM = 1L << 20;

    private static final int HUNDRED = 100;

    private final AtomicLong used = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile long bytes;

    /** @param bytes all there is, above 0 */
    public MemoryBudget(long bytes) {
        resize(bytes);
    }

    /**
     * A share of what the gateway itself leaves of the largest heap this JVM may have; at least of half of that heap. A
     * collector with less room to spare collects all the time.
     *
     * @param percent 1 to 100
     */
    public static long shareOfHeap(int percent) {
        long most = Runtime.getRuntime().maxMemory();
        return Math.max(most / 2, most - OWN_NEED) / HUNDRED * percent;
    }

    /** From now on there is so much. What is taken already stays taken. @param all in bytes, above 0 */
    public void resize(long all) {
        if (all < 1) {
            throw new IllegalArgumentException("A memory budget of " + all + " bytes");
        }
        bytes = all;
    }

    public MemoryLease lease() {
        return new MemoryLease(this);
    }

    /** All there is, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** What is taken now, in bytes. */
    public long used() {
        return used.get();
    }

    /** How often something did not fit, since the start. */
    public long refused() {
        return refused.get();
    }

    /** The most that one large lease can ever have, in bytes. */
    public long largest() {
        return bytes - bytes / 4;
    }

    /** @param size what the lease would have then */
    boolean take(long more, long size) {
        if (used.addAndGet(more) <= room(size)) {
            return true;
        }
        used.addAndGet(-more);
        refused.incrementAndGet();
        return false;
    }

    void takeAnyway(long more) {
        used.addAndGet(more);
    }

    void giveBack(long less) {
        used.addAndGet(-less);
    }

    private long room(long size) {
        return size <= SMALL ? bytes : size <= MEDIUM ? bytes - bytes / 10 : largest();
    }
}
