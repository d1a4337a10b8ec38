package io.camelback.observe;

import io.camelback.config.Deployment;
import io.camelback.event.Event;
import io.camelback.event.Notice;
import io.camelback.resilience.Breakers;
import io.camelback.resilience.Parking;
import io.camelback.routing.Attempt;
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
 * What the dashboard shows, kept in memory and bounded: counts by the minute for a day, the latest turns of each deployment, the
 * latest requests, events and outages. Thread-safe.
 */
final class Board {
    /** How far back live figures look: share of traffic, failures, percentiles. */
    static final Duration WINDOW = Duration.ofMinutes(Rolling.MINUTES);
    static final int MINUTES = 24 * 60;
    static final int REQUESTS = 100;
    static final int EVENTS = 200;
    /** Far more than any configuration has; what comes after edits without end is not counted. */
    private static final int NAMES = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Minutes minutes = new Minutes(MINUTES);
    private final Map<String, Turns> turns = new HashMap<>();
    private final Map<String, Rolling> counts = new HashMap<>();
    private final Map<String, Failed> lastFailures = new HashMap<>();
    private final Deque<Done> requests = new ArrayDeque<>();
    private final Deque<Notice> events = new ArrayDeque<>();
    private final Outages outages = new Outages();

    /** A request and when it was done. */
    record Done(Instant at, Judged judged) { }

    /** The last failure of a deployment. */
    record Failed(Instant at, String reason, String why) { }

    Board(Clock clock) {
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

    void done(Judged judged) {
        Instant now = clock.instant();
        guarded(() -> {
            minutes.add(now.toEpochMilli(), judged);
            RequestRecord entry = judged.entry();
            count("chain", entry.chain(), now);
            if (!judged.fallbacks().isEmpty()) {
                count("fallback", entry.chain(), now);
            }
            if (judged.good()) {
                count(entry.chain(), entry.deployment() == null ? entry.degraded() : entry.deployment(), now);
            }
            entry.attempts().forEach(turn -> turn(turn, now));
            standIns(judged, now);
            keep(requests, new Done(now, judged), REQUESTS);
        });
    }

    private void count(String what, String name, Instant now) {
        String key = what + " " + name;
        if (counts.size() < NAMES || counts.containsKey(key)) {
            counts.computeIfAbsent(key, unknown -> new Rolling()).add(now.toEpochMilli());
        }
    }

    private void turn(Attempt turn, Instant now) {
        String reason = Reason.of(turn);
        if (turn.outcome() == Attempt.Outcome.SKIPPED || turns.size() >= NAMES && !turns.containsKey(turn.deployment())) {
            return;
        }
        Duration first = turn.metered().firstToken();
        turns.computeIfAbsent(turn.deployment(), name -> new Turns()).add(now.toEpochMilli(), turn.took().toMillis(),
                first == null ? -1 : first.toMillis(), reason);
        if (turn.outcome() == Attempt.Outcome.FAILED) {
            lastFailures.put(turn.deployment(), new Failed(now, reason, turn.why()));
        }
    }

    /** Whoever answered stood in for all that did not; what it cost more is put down to the first. */
    private void standIns(Judged judged, Instant now) {
        String to = judged.good() ? judged.answering() == null ? judged.entry().degraded() : judged.answering().name() : null;
        long extra = judged.extra();
        for (Fallback step : judged.fallbacks()) {
            outages.tookOver(step.from(), now, to, extra);
            extra = 0;
        }
    }

    /** What is to be reviewed stands among the requests already, and would crowd out all else here. */
    void notice(Notice notice) {
        if (notice.event().type() == Event.Type.REVIEW) {
            return;
        }
        guarded(() -> keep(events, notice, EVENTS));
    }

    void moved(Breakers.Transition move) {
        Instant now = clock.instant();
        guarded(() -> {
            if (move.to() == State.OPEN || move.to() == State.FORCED_OPEN) {
                Failed last = lastFailures.get(move.deployment());
                outages.began(move.deployment(), now, move.to() == State.FORCED_OPEN ? "by hand"
                        : last == null ? "failures" : last.reason(), null);
            } else if (move.to() == State.CLOSED) {
                outages.ended(move.deployment(), now);
            }
        });
    }

    /** @param behind the deployments that cannot be asked now */
    void parked(List<Deployment> behind, Parking.Parked park) {
        Instant now = clock.instant();
        guarded(() -> behind.forEach(one -> outages.began(one.name(), now, park.reason(), park.until())));
    }

    /** @param usable whether nothing else keeps it out of service */
    void unparked(String name, boolean usable) {
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
    List<Minutes.Minute> minutes(int count) {
        return minutes.latest(clock.millis(), count);
    }

    Turns.Summary turns(String deployment) {
        Turns known = turns.get(deployment);
        return (known == null ? new Turns() : known).since(clock.instant().minus(WINDOW).toEpochMilli());
    }

    /** Null when it never failed. */
    Failed lastFailure(String deployment) {
        return lastFailures.get(deployment);
    }

    long asked(String chain) {
        return sum("chain " + chain);
    }

    long fellBack(String chain) {
        return sum("fallback " + chain);
    }

    /** How many requests of a chain somebody answered. @param who a deployment, {@code static} or {@code cached} */
    long answered(String chain, String who) {
        return sum(chain + " " + who);
    }

    private long sum(String key) {
        Rolling known = counts.get(key);
        return known == null ? 0 : known.sum(clock.millis());
    }

    /** The latest first. */
    List<Done> requests() {
        return new ArrayList<>(requests);
    }

    /** The latest first. */
    List<Notice> events() {
        return new ArrayList<>(events);
    }

    /** The latest first. */
    List<Outages.Outage> outages() {
        return outages.all();
    }
}
