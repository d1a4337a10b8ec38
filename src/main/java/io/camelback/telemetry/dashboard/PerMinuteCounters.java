package io.camelback.telemetry.dashboard;

import io.camelback.telemetry.record.RequestOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of requests and results per minute. Not thread-safe: {@link DashboardModel} takes care. */
final class PerMinuteCounters {
    private final Minute[] ring;

    /** One minute. @see Judged#tier() */
    static final class Minute {
        final long minute;
        final Map<RequestOutcome.Result, Long> results = new EnumMap<>(RequestOutcome.Result.class);
        final Map<String, Long> tiers = new TreeMap<>();
        final Map<String, Long> microDollars = new TreeMap<>();
        long requests;
        long fellBack;
        long extra;

        Minute(long minute) {
            this.minute = minute;
        }

        void add(RequestOutcome judged) {
            requests++;
            fellBack += judged.fallbacks().isEmpty() ? 0 : 1;
            extra += judged.extraCost();
            results.merge(judged.result(), 1L, Long::sum);
            tiers.merge(judged.tier(), 1L, Long::sum);
            microDollars.merge(judged.tier(), judged.entry().microDollars().orElse(0L), Long::sum);
        }

        long results(RequestOutcome.Result result) {
            return results.getOrDefault(result, 0L);
        }

        long microDollars() {
            return microDollars.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    PerMinuteCounters(int kept) {
        ring = new Minute[kept];
    }

    /** @param now in ms */
    void add(long now, RequestOutcome judged) {
        long minute = now / 60_000;
        int slot = (int) (minute % ring.length);
        if (ring[slot] == null || ring[slot].minute < minute) {
            ring[slot] = new Minute(minute);
        }
        ring[slot].add(judged);
    }

    /**
     * The latest ones up to now, the oldest first; minutes in which nothing happened are empty. @param count at most as
     * many as are kept
     */
    List<Minute> latest(long now, int count) {
        long last = now / 60_000;
        List<Minute> all = new ArrayList<>();
        for (long minute = last - Math.min(count, ring.length) + 1; minute <= last; minute++) {
            Minute one = ring[(int) (Math.max(0, minute) % ring.length)];
            all.add(one != null && one.minute == minute ? one : new Minute(minute));
        }
        return all;
    }
}
