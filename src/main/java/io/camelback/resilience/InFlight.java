package io.camelback.resilience;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many calls are running per deployment, streams included, and a cap on them. Thread-safe. */
public final class InFlight {
    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();

    /** @return whether there was room; then {@link #leave} must follow, once */
    public boolean enter(String deployment, int cap) {
        AtomicInteger count = running.computeIfAbsent(deployment, name -> new AtomicInteger());
        if (count.incrementAndGet() > cap) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    public void leave(String deployment) {
        running.get(deployment).decrementAndGet();
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
