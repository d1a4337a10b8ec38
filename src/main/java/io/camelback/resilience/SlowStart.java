package io.camelback.resilience;

import io.camelback.config.Deployment;
import io.camelback.resilience.CircuitBreakers.Transition;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Increases the calls of a deployment step by step after its breaker has closed, so that a recovering provider is not
 * overloaded at once (docs/failures.md K05). Few callers notice nothing of it. Thread-safe.
 */
final class SlowStart {
    /** How long it takes until as many calls are let through as the deployment takes. */
    static final Duration LASTS = Duration.ofSeconds(30);
    /** How many calls at once are let through from the beginning. */
    static final int FIRST = 10;

    private final Map<String, Instant> closedAt = new ConcurrentHashMap<>();
    private final Clock clock;

    SlowStart(Clock clock) {
        this.clock = clock;
    }

    void moved(Transition move) {
        if (move.from() == State.HALF_OPEN && move.to() == State.CLOSED) {
            closedAt.put(move.deployment(), clock.instant());
        } else {
            closedAt.remove(move.deployment());
        }
    }

    void forget(String deployment) {
        closedAt.remove(deployment);
    }

    /** How many calls may be running at once. It grows with the square of the time: slowly while least is known. */
    int concurrencyLimit(Deployment deployment) {
        Instant since = closedAt.get(deployment.name());
        if (since == null) {
            return deployment.maxInFlight();
        }
        long passed = Duration.between(since, clock.instant()).toMillis();
        if (passed >= LASTS.toMillis()) {
            closedAt.remove(deployment.name(), since);
            return deployment.maxInFlight();
        }
        double share = Math.max(0, passed) / (double) LASTS.toMillis();
        return Math.min(deployment.maxInFlight(), Math.max(FIRST, (int) (deployment.maxInFlight() * share * share)));
    }
}
