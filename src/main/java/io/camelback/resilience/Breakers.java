package io.camelback.resilience;

import io.camelback.config.Deployment;
import io.camelback.failure.ProviderFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One circuit breaker per deployment, shared by every chain that uses it and kept when routes are reloaded.
 *
 * <p>It opens after so many counted failures in a row, stays open for the cooldown, and then lets one probe through at a time.
 * What it does not count (a refused admission, a caller's error, a limit) still makes the chain fall back.
 */
public final class Breakers {
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Clock clock;

    private record Entry(Deployment deployment, CircuitBreaker breaker) { }

    public Breakers(Clock clock) {
        this.clock = clock;
    }

    /** The deployment's breaker: the one it had, unless its settings have changed. */
    public CircuitBreaker of(Deployment deployment) {
        return entries.compute(deployment.name(), (name, known) -> known != null && sameSettings(known.deployment(), deployment)
                ? known : new Entry(deployment, CircuitBreaker.of(name, settings(deployment)))).breaker();
    }

    private static boolean sameSettings(Deployment a, Deployment b) {
        return a.breaker().equals(b.breaker()) && a.timeouts().total().equals(b.timeouts().total());
    }

    private CircuitBreakerConfig settings(Deployment deployment) {
        int failures = deployment.breaker().failures();
        return CircuitBreakerConfig.custom()
                .clock(clock)
                .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .waitDurationInOpenState(deployment.breaker().cooldown())
                .permittedNumberOfCallsInHalfOpenState(1)
                // A probe can last as long as a call; without this limit a lost permit would wedge the breaker for ever.
                .maxWaitDurationInHalfOpenState(deployment.timeouts().total())
                .ignoreException(failure -> !counted(failure))
                .writableStackTraceEnabled(false)
                .build();
    }

    /** Camel wraps what a route threw: the causes are looked through. What is no provider's failure is not counted. */
    static boolean counted(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderFailure failure) {
                return failure.kind().counted();
            }
        }
        return false;
    }
}
