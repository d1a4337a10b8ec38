package io.camelback.telemetry.dashboard;

/** Counts events of the last {@link #MINUTES} minutes. Not thread-safe: {@link DashboardModel} takes care. */
final class RollingCounter {
    static final int MINUTES = 15;

    private final long[] counts = new long[MINUTES];
    private final long[] minutes = new long[MINUTES];

    /** @param now in ms */
    void add(long now) {
        long minute = now / 60_000;
        int slot = (int) (minute % MINUTES);
        if (minutes[slot] != minute) {
            minutes[slot] = minute;
            counts[slot] = 0;
        }
        counts[slot]++;
    }

    long sum(long now) {
        long oldest = now / 60_000 - MINUTES + 1;
        long sum = 0;
        for (int i = 0; i < MINUTES; i++) {
            sum += minutes[i] >= oldest ? counts[i] : 0;
        }
        return sum;
    }
}
