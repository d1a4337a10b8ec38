package io.camelback.resilience;

import io.camelback.config.CircuitBreakerSettings;
import io.camelback.config.Deployment;
import io.camelback.failure.ProviderException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One circuit breaker per deployment, shared by every chain that uses it and kept when routes are reloaded.
 *
 * <p>It opens after so many counted failures in a row, or when a configured share of the last 20 calls has failed,
 * stays open for the cooldown, and then lets one probe through at a time. What it does not count (a refused admission,
 * a caller's error, a limit) still makes the chain fall back.
 */
public final class CircuitBreakers {
    /** How many calls a rate of failures is taken from; fewer say nothing. */
    static final int RECENT = 20;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Clock clock;
    private final SlowStart slowStart;

    private final Map<String, Instant> openUntil = new ConcurrentHashMap<>();
    private final List<Consumer<Transition>> listeners = new CopyOnWriteArrayList<>();

    /** A breaker that went from one state into another. */
    public record Transition(String deployment, State from, State to) {}

    private record Entry(Deployment deployment, CircuitBreaker breaker) {}

    public CircuitBreakers(Clock clock) {
        this.clock = clock;
        this.slowStart = new SlowStart(clock);
    }

    /**
     * From now on this one is told of every transition, on the thread that caused it: quickly, and without throwing.
     */
    public void listen(Consumer<Transition> listener) {
        listeners.add(listener);
    }

    /** The deployment's breaker: the one it had, unless its settings have changed. */
    public CircuitBreaker of(Deployment deployment) {
        return entries.compute(
                        deployment.name(),
                        (name, known) -> known != null && sameSettings(known.deployment(), deployment)
                                ? known
                                : entry(deployment))
                .breaker();
    }

    private Entry entry(Deployment deployment) {
        return new Entry(deployment, create(deployment));
    }

    /** Whether it would let a call through, or a probe after its cooldown; asking changes nothing. */
    public boolean permitsCalls(Deployment deployment) {
        Entry known = entries.get(deployment.name());
        State state = known == null ? State.CLOSED : known.breaker().getState();
        return state != State.FORCED_OPEN
                && (state != State.OPEN || remainingOpenTime(deployment).isZero());
    }

    /** How long its breaker will still let nothing through; zero when it would let at least a probe. */
    public Duration closedFor(Deployment deployment) {
        return of(deployment).getState() == State.OPEN ? remainingOpenTime(deployment) : Duration.ZERO;
    }

    /** How many calls of it may be running at once; for a while after its breaker has closed, fewer than it takes. */
    public int concurrencyLimit(Deployment deployment) {
        return slowStart.concurrencyLimit(deployment);
    }

    private Duration remainingOpenTime(Deployment deployment) {
        Duration left = Duration.between(clock.instant(), openUntil.getOrDefault(deployment.name(), clock.instant()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static boolean sameSettings(Deployment a, Deployment b) {
        return a.breaker().equals(b.breaker())
                && a.timeouts().total().equals(b.timeouts().total());
    }

    private CircuitBreaker create(Deployment deployment) {
        CircuitBreakerSettings wanted = deployment.breaker();
        boolean byRate = wanted.rate().isPresent();
        CircuitBreaker breaker = CircuitBreaker.of(
                deployment.name(),
                byRate
                        ? settings(deployment, RECENT, wanted.rate().getAsInt())
                        : settings(deployment, wanted.failures(), 100));
        if (byRate) {
            openAfterFailuresInARow(breaker, wanted.failures());
        }
        breaker.getEventPublisher()
                .onStateTransition(event -> {
                    if (event.getStateTransition().getToState() == State.OPEN) {
                        openUntil.put(deployment.name(), clock.instant().plus(wanted.cooldown()));
                    }
                    Transition transition = new Transition(
                            deployment.name(),
                            event.getStateTransition().getFromState(),
                            event.getStateTransition().getToState());
                    slowStart.moved(transition);
                    listeners.forEach(listener -> listener.accept(transition));
                })
                .onReset(event -> slowStart.forget(deployment.name()));
        return breaker;
    }

    /** The window is taken by the rate then; these are counted beside it. */
    private static void openAfterFailuresInARow(CircuitBreaker breaker, int failures) {
        AtomicInteger inARow = new AtomicInteger();
        breaker.getEventPublisher()
                .onSuccess(success -> inARow.set(0))
                .onStateTransition(transition -> inARow.set(0))
                .onReset(reset -> inARow.set(0))
                .onError(error -> {
                    if (inARow.incrementAndGet() >= failures && breaker.getState() == CircuitBreaker.State.CLOSED) {
                        breaker.transitionToOpenState();
                    }
                });
    }

    private CircuitBreakerConfig settings(Deployment deployment, int window, int percent) {
        return CircuitBreakerConfig.custom()
                .clock(clock)
                .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                .slidingWindow(window, window, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(percent)
                .waitDurationInOpenState(deployment.breaker().cooldown())
                // Only who runs through all of its time is slow; thinking for minutes is not. The default is one
                // minute.
                .slowCallDurationThreshold(deployment.timeouts().total())
                .permittedNumberOfCallsInHalfOpenState(1)
                // A probe can last as long as a call; without this limit a lost permit would wedge the breaker for
                // ever.
                .maxWaitDurationInHalfOpenState(deployment.timeouts().total())
                .ignoreException(failure -> !counted(failure))
                .writableStackTraceEnabled(false)
                .build();
    }

    /** Camel wraps what a route threw: the causes are looked through. What is no provider's failure is not counted. */
    static boolean counted(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderException failure) {
                return failure.kind().counted();
            }
        }
        return false;
    }
}
