package io.camelback.resilience;

import io.camelback.concurrent.DaemonThreads;
import io.camelback.memory.MemoryBudget;
import io.camelback.upstream.HostLookup;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The state that outlives reloads: breakers, cooldowns, limits and measurements, with their clocks and timers.
 *
 * @param alarms runs the timers of upstream calls
 * @param nanoTime a clock that never goes back, for durations
 * @param lookup finds the providers' addresses
 * @param memory what the bodies in flight may take
 */
public record GatewayRuntime(
        CircuitBreakers breakers,
        CooldownRegistry cooldowns,
        InFlightLimiter inFlight,
        DeploymentStatsRegistry stats,
        ScheduledExecutorService alarms,
        Clock clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        HostLookup lookup,
        MemoryBudget memory)
        implements AutoCloseable {

    /** With the usual memory, until the configuration is read. */
    public GatewayRuntime(
            CircuitBreakers breakers,
            CooldownRegistry cooldowns,
            InFlightLimiter inFlight,
            DeploymentStatsRegistry stats,
            ScheduledExecutorService alarms,
            Clock clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            HostLookup lookup) {
        this(
                breakers,
                cooldowns,
                inFlight,
                stats,
                alarms,
                clock,
                nanoTime,
                random,
                lookup,
                new MemoryBudget(MemoryBudget.shareOfHeap(MemoryBudget.USUAL_PERCENT)));
    }

    public static GatewayRuntime create(Clock clock) {
        ScheduledThreadPoolExecutor alarms =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("camelback-timers"));
        alarms.setRemoveOnCancelPolicy(true);
        RandomGenerator random =
                () -> java.util.concurrent.ThreadLocalRandom.current().nextLong();
        return new GatewayRuntime(
                new CircuitBreakers(clock),
                new CooldownRegistry(clock),
                new InFlightLimiter(),
                new DeploymentStatsRegistry(System::nanoTime),
                alarms,
                clock,
                System::nanoTime,
                random,
                HostLookup.SYSTEM);
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
