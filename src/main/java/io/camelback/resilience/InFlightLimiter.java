package io.camelback.resilience;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and limits the running calls of each deployment, streams included, and the retries among them. Thread-safe.
 */
public final class InFlightLimiter {
    /** So many in a hundred of a deployment's calls may have been sent again, and so many in any case. */
    private static final int RETRY_PERCENT = 20;

    private static final int RETRY_FLOOR = 3;

    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> retries = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    /** @return whether there was room; then {@link #release} must follow, once */
    public boolean acquire(String deployment, int cap) {
        AtomicInteger count = running.computeIfAbsent(deployment, name -> new AtomicInteger());
        if (count.incrementAndGet() > cap) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    public void release(String deployment) {
        running.get(deployment).decrementAndGet();
    }

    /**
     * A running call is about to be sent again. @return whether there was room; then {@link #releaseRetry} must follow,
     * once
     */
    public boolean acquireRetry(String deployment) {
        AtomicInteger count = retries.computeIfAbsent(deployment, name -> new AtomicInteger());
        if (count.incrementAndGet() > Math.max(RETRY_FLOOR, running(deployment) * RETRY_PERCENT / 100)) {
            count.decrementAndGet();
            refused.increment();
            return false;
        }
        return true;
    }

    public void releaseRetry(String deployment) {
        retries.get(deployment).decrementAndGet();
    }

    /** Running calls that were sent again, of all deployments. */
    public int runningRetries() {
        return retries.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** How many calls were not sent again because too many others were. */
    public long refusedRetries() {
        return refused.sum();
    }

    /** Running calls of one deployment. */
    public int running(String deployment) {
        AtomicInteger count = running.get(deployment);
        return count == null ? 0 : count.get();
    }

    /** Running calls by deployment, those without any left out. */
    public Map<String, Integer> running() {
        Map<String, Integer> all = new TreeMap<>();
        running.forEach((name, count) -> {
            if (count.get() > 0) {
                all.put(name, count.get());
            }
        });
        return all;
    }
}
