package io.camelback.loadbalancer;

import java.time.Duration;

/** A deployment's current load, as far as load balancing needs it. */
public interface LoadMetrics {
    /** Turns that have begun and not ended. */
    int inFlight(String deployment);

    /** The peak EWMA of its time to first token; zero when nothing is known of it. */
    Duration firstToken(String deployment);

    /** Whether it may be asked: not in cooldown, its breaker not open, its provider with a key. */
    boolean isAvailable(String deployment);
}
