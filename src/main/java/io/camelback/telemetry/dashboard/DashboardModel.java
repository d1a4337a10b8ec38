package io.camelback.telemetry.dashboard;

import io.camelback.attempt.AttemptResult;
import io.camelback.config.Deployment;
import io.camelback.event.DeliveredEvent;
import io.camelback.event.GatewayEvent;
import io.camelback.resilience.CircuitBreakers;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.telemetry.record.FallbackStep;
import io.camelback.telemetry.record.OutcomeCode;
import io.camelback.telemetry.record.RequestOutcome;
import io.camelback.telemetry.record.RequestRecord;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The data of the dashboard, in memory and bounded: counts per minute for a day, the latest attempts of each
 * deployment, the latest requests, events and outages. Thread-safe.
 */
public final class DashboardModel {
    /** How far back live figures look: share of traffic, failures, percentiles. */
    static final Duration WINDOW = Duration.ofMinutes(RollingCounter.MINUTES);

    public static final int MINUTES = 24 * 60;
    static final int REQUESTS = 100;
    static final int EVENTS = 200;
    /** Far more than any configuration has; what comes after edits without end is not counted. */
    private static final int NAMES = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final PerMinuteCounters minutes = new PerMinuteCounters(MINUTES);
    private final Map<String, RecentAttempts> turns = new HashMap<>();
    private final Map<String, RollingCounter> counts = new HashMap<>();
    private final Map<String, Failed> lastFailures = new HashMap<>();
    private final Deque<Done> requests = new ArrayDeque<>();
    private final Deque<DeliveredEvent> events = new ArrayDeque<>();
    private final OutageHistory outages = new OutageHistory();

    /** A request and when it was done. */
    record Done(Instant at, RequestOutcome judged) {}

    /** The last failure of a deployment. */
    record Failed(Instant at, String reason, String why) {}

    public DashboardModel(Clock clock) {
        this.clock = clock;
    }

    private void guarded(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T read(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    public void requestFinished(RequestOutcome judged) {
        Instant now = clock.instant();
        guarded(() -> {
            minutes.add(now.toEpochMilli(), judged);
            RequestRecord entry = judged.entry();
            count("chain", entry.chain(), now);
            if (!judged.fallbacks().isEmpty()) {
                count("fallback", entry.chain(), now);
            }
            if (judged.isSuccess()) {
                count(entry.chain(), entry.deployment() == null ? entry.degraded() : entry.deployment(), now);
            }
            entry.attempts().forEach(turn -> turn(turn, now));
            countFallbacks(judged, now);
            keep(requests, new Done(now, judged), REQUESTS);
        });
    }

    private void count(String what, String name, Instant now) {
        String key = what + " " + name;
        if (counts.size() < NAMES || counts.containsKey(key)) {
            counts.computeIfAbsent(key, unknown -> new RollingCounter()).add(now.toEpochMilli());
        }
    }

    private void turn(AttemptResult turn, Instant now) {
        String reason = OutcomeCode.of(turn);
        if (turn.outcome() == AttemptResult.Outcome.SKIPPED
                || turns.size() >= NAMES && !turns.containsKey(turn.deployment())) {
            return;
        }
        Duration first = turn.metering().firstToken();
        turns.computeIfAbsent(turn.deployment(), name -> new RecentAttempts())
                .add(now.toEpochMilli(), turn.duration().toMillis(), first == null ? -1 : first.toMillis(), reason);
        if (turn.outcome() == AttemptResult.Outcome.FAILED) {
            lastFailures.put(turn.deployment(), new Failed(now, reason, turn.detail()));
        }
    }

    /** Whoever answered stood in for all that did not; what it cost more is put down to the first. */
    private void countFallbacks(RequestOutcome judged, Instant now) {
        String to = judged.isSuccess()
                ? judged.answering() == null
                        ? judged.entry().degraded()
                        : judged.answering().name()
                : null;
        long extra = judged.extraCost();
        for (FallbackStep step : judged.fallbacks()) {
            outages.tookOver(step.from(), now, to, extra);
            extra = 0;
        }
    }

    /** What is to be reviewed stands among the requests already, and would crowd out all else here. */
    public void eventDelivered(DeliveredEvent notice) {
        if (notice.event().type() == GatewayEvent.Type.REVIEW) {
            return;
        }
        guarded(() -> keep(events, notice, EVENTS));
    }

    public void breakerChanged(CircuitBreakers.Transition move) {
        Instant now = clock.instant();
        guarded(() -> {
            if (move.to() == State.OPEN || move.to() == State.FORCED_OPEN) {
                Failed last = lastFailures.get(move.deployment());
                outages.began(
                        move.deployment(),
                        now,
                        move.to() == State.FORCED_OPEN ? "by hand" : last == null ? "failures" : last.reason(),
                        null);
            } else if (move.to() == State.CLOSED) {
                outages.ended(move.deployment(), now);
            }
        });
    }

    /** @param behind the deployments that cannot be asked now */
    public void cooldownStarted(List<Deployment> behind, CooldownRegistry.Cooldown cooldown) {
        Instant now = clock.instant();
        guarded(() -> behind.forEach(one -> outages.began(one.name(), now, cooldown.reason(), cooldown.until())));
    }

    /** @param usable whether nothing else keeps it out of service */
    public void cooldownEnded(String name, boolean usable) {
        if (usable) {
            guarded(() -> outages.ended(name, clock.instant()));
        }
    }

    private static <T> void keep(Deque<T> all, T one, int limit) {
        all.addFirst(one);
        if (all.size() > limit) {
            all.removeLast();
        }
    }

    // Read inside of read() only

    /** The oldest first. */
    List<PerMinuteCounters.Minute> minutes(int count) {
        return minutes.latest(clock.millis(), count);
    }

    RecentAttempts.Summary turns(String deployment) {
        RecentAttempts known = turns.get(deployment);
        return (known == null ? new RecentAttempts() : known)
                .since(clock.instant().minus(WINDOW).toEpochMilli());
    }

    /** Null when it never failed. */
    Failed lastFailure(String deployment) {
        return lastFailures.get(deployment);
    }

    long requestCount(String chain) {
        return sum("chain " + chain);
    }

    long fallbackCount(String chain) {
        return sum("fallback " + chain);
    }

    /** How many requests of a chain somebody answered. @param who a deployment, {@code static} or {@code cached} */
    long answerCount(String chain, String who) {
        return sum(chain + " " + who);
    }

    private long sum(String key) {
        RollingCounter known = counts.get(key);
        return known == null ? 0 : known.sum(clock.millis());
    }

    /** The latest first. */
    List<Done> requests() {
        return new ArrayList<>(requests);
    }

    /** The latest first. */
    List<DeliveredEvent> events() {
        return new ArrayList<>(events);
    }

    /** The latest first. */
    List<OutageHistory.Outage> outages() {
        return outages.all();
    }
}
