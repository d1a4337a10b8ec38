package io.camelback.telemetry.dashboard;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The latest outages of deployments and keys: when, why, which deployments took over and at what cost. Not thread-safe:
 * {@link DashboardModel} takes care.
 */
final class OutageHistory {
    private static final int KEPT = 50;

    private final Deque<Outage> all = new ArrayDeque<>();
    private final Map<String, Outage> current = new HashMap<>();

    /** One of them; {@code until} is null while its end is unknown, and may lie ahead for a cooldown. */
    static final class Outage {
        final String name;
        final Instant from;
        final Map<String, Long> tookOver = new TreeMap<>();
        String why;
        Instant until;
        long requests;
        long extra;

        private Outage(String name, Instant from, String why) {
            this.name = name;
            this.from = from;
            this.why = why;
        }

        boolean over(Instant now) {
            return until != null && !until.isAfter(now);
        }
    }

    /** @param until null when it is not known yet */
    void began(String name, Instant now, String why, Instant until) {
        Outage known = current.get(name);
        if (known == null || known.over(now)) {
            known = new Outage(name, now, why);
            current.put(name, known);
            all.addFirst(known);
            if (all.size() > KEPT) {
                Outage oldest = all.removeLast();
                current.remove(oldest.name, oldest);
            }
            known.until = until;
        } else {
            known.until = known.until == null || until == null ? null : later(known.until, until);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    void ended(String name, Instant now) {
        Outage known = current.remove(name);
        if (known != null && !known.over(now)) {
            known.until = now;
        }
    }

    /** Somebody had to stand in. @param to who did; null when nobody answered in the end */
    void tookOver(String name, Instant now, String to, long extra) {
        Outage known = current.get(name);
        if (known == null || known.over(now)) {
            return;
        }
        known.requests++;
        known.extra += extra;
        known.tookOver.merge(to == null ? "nobody" : to, 1L, Long::sum);
    }

    /** The latest first. */
    List<Outage> all() {
        return new ArrayList<>(all);
    }
}
