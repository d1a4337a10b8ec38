package io.camelback.telemetry.dashboard;

import io.camelback.telemetry.record.OutcomeCode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The latest attempts of one deployment, at most {@link #KEPT}. Not thread-safe: {@link DashboardModel} takes care. */
final class RecentAttempts {
    static final int KEPT = 512;

    private final long[] at = new long[KEPT];
    private final long[] took = new long[KEPT];
    private final long[] firstToken = new long[KEPT];
    private final String[] reason = new String[KEPT];
    private long count;

    /** @param firstToken in ms; below 0 when none came */
    void add(long at, long took, long firstToken, String reason) {
        int slot = (int) (count++ % KEPT);
        this.at[slot] = at;
        this.took[slot] = took;
        this.firstToken[slot] = firstToken;
        this.reason[slot] = reason;
    }

    /**
     * What they come to.
     *
     * @param failures how many there were of each kind
     * @param p50 the median of the turns that were answered, in ms; below 0 when there was none. The others alike
     */
    record Summary(int answered, Map<String, Integer> failures, long p50, long p99, long firstTokenP50) {
        int failed() {
            return failures.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** @param since earlier ones do not count, in ms */
    Summary since(long since) {
        int kept = (int) Math.min(count, KEPT);
        long[] good = new long[kept];
        long[] first = new long[kept];
        int answered = 0;
        int told = 0;
        Map<String, Integer> failures = new TreeMap<>();
        for (int i = 0; i < kept; i++) {
            if (at[i] < since) {
                continue;
            }
            if (!reason[i].equals(OutcomeCode.OK)) {
                failures.merge(reason[i], 1, Integer::sum);
                continue;
            }
            good[answered++] = took[i];
            if (firstToken[i] >= 0) {
                first[told++] = firstToken[i];
            }
        }
        Arrays.sort(good, 0, answered);
        Arrays.sort(first, 0, told);
        return new Summary(
                answered,
                failures,
                percentile(good, answered, 50),
                percentile(good, answered, 99),
                percentile(first, told, 50));
    }

    private static long percentile(long[] sorted, int size, int percent) {
        return size == 0 ? -1 : sorted[Math.min(size - 1, size * percent / 100)];
    }
}
