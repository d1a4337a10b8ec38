package io.camelback.resilience;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Recent measurements of each deployment from live requests. Thread-safe; it outlives reloads, and holds a bounded
 * number of turns for each deployment that was ever asked.
 */
public final class DeploymentStatsRegistry {
    private final Map<String, DeploymentStats> deployments = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that never goes back */
    public DeploymentStatsRegistry(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** One deployment's; empty ones for a name that was never asked. */
    public DeploymentStats of(String deployment) {
        return deployments.computeIfAbsent(deployment, name -> new DeploymentStats(nanoTime));
    }

    /** Of all deployments that were ever asked, by name. */
    public Map<String, DeploymentStats.Snapshot> snapshots() {
        Map<String, DeploymentStats.Snapshot> all = new TreeMap<>();
        deployments.forEach((name, live) -> all.put(name, live.snapshot()));
        return all;
    }
}
