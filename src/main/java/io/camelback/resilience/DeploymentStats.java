package io.camelback.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Recent attempts of one deployment: time to first token, duration, failure rate and calls in flight. What is older
 * than {@link #WINDOW} is forgotten, and of more than {@link #KEPT} turns the oldest are.
 *
 * <p>Beside the quantiles there is a peak EWMA, as load balancers use it (Finagle's, with its ten seconds): one slow
 * answer raises it at once, many quick ones lower it slowly, and while nothing comes it falls back to the median.
 * Thread-safe.
 */
public final class DeploymentStats {
    /** How far back the quantiles and rates look. */
    public static final Duration WINDOW = Duration.ofMinutes(10);
    /** The most turns they are taken from. */
    public static final int KEPT = 512;
    /** How old a cheap answer may be. */
    public static final Duration FRESH = Duration.ofSeconds(1);

    private static final double DECAY_NANOS = Duration.ofSeconds(10).toNanos();

    /** How a turn ended, as far as the deployment's own health goes. */
    public enum Ending {
        ANSWERED,
        FAILED,
        /** The caller left, its time ran out, or the request was at fault: it says nothing of the deployment. */
        ABANDONED
    }

    /**
     * Quantiles of some recent durations. All are zero when there are no samples.
     *
     * @param samples how many there are
     * @param least the shortest
     */
    public record Latency(int samples, Duration least, Duration p50, Duration p99) {
        static final Latency NONE = new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /**
     * What is known at one moment.
     *
     * @param inFlight turns that have begun and not ended
     * @param firstToken from sending the request to the first content, of turns that came so far
     * @param total whole turns that were answered
     * @param peakFirstToken the peak EWMA of the first token; zero when nothing is known. A long wait in vain raises
     *     it, too
     * @param answered recent turns with a good end
     * @param failed recent turns that failed
     */
    public record Snapshot(
            int inFlight, Latency firstToken, Latency total, Duration peakFirstToken, int answered, int failed) {
        /** The share of recent turns that failed, from 0 to 1; 0 when there were none. */
        public double failureRate() {
            return answered + failed == 0 ? 0 : (double) failed / (answered + failed);
        }
    }

    private record Sample(long at, Ending ending, Long firstToken, long took) {}

    private final LongSupplier nanoTime;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private int inFlight;
    private Duration usual;
    private Latency recent;
    private long recentAt;
    private double peak;
    private long peakAt;

    DeploymentStats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.peakAt = nanoTime.getAsLong();
    }

    /** A request is about to be sent. @return its turn, which must be ended */
    public AttemptTimer begin() {
        return begin(Duration.ZERO);
    }

    /** A request will be sent after a pause, which is not the deployment's time. */
    public synchronized AttemptTimer begin(Duration pause) {
        inFlight++;
        return new AttemptTimer(nanoTime.getAsLong() + pause.toNanos());
    }

    /** One request to the deployment, while it runs. Any thread may end it; it ends once. */
    public final class AttemptTimer {
        private final long began;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Long firstToken;

        private AttemptTimer(long began) {
            this.began = began;
        }

        /** Content has arrived; only the first call counts. */
        public void content() {
            if (firstToken == null) {
                firstToken = nanoTime.getAsLong() - began;
                peak(firstToken);
            }
        }

        public void end(Ending ending) {
            if (over.compareAndSet(false, true)) {
                ended(ending, firstToken, Math.max(0, nanoTime.getAsLong() - began));
            }
        }
    }

    private synchronized void ended(Ending ending, Long firstToken, long took) {
        inFlight--;
        if (ending == Ending.FAILED && firstToken == null && took > peak) {
            peak(took);
        }
        usual = null;
        samples.add(new Sample(nanoTime.getAsLong(), ending, firstToken, took));
        forget();
    }

    private void forget() {
        long oldest = nanoTime.getAsLong() - WINDOW.toNanos();
        while (!samples.isEmpty() && (samples.size() > KEPT || samples.peek().at() < oldest)) {
            samples.poll();
        }
    }

    private synchronized void peak(long waited) {
        long now = nanoTime.getAsLong();
        double kept = Math.exp(-(now - peakAt) / DECAY_NANOS);
        peak = waited >= peak ? waited : peak * kept + waited * (1 - kept);
        peakAt = now;
    }

    /** Turns that have begun and not ended. */
    public synchronized int inFlight() {
        return inFlight;
    }

    /** The peak EWMA of the time to first token, as in the {@link #snapshot()}; cheaper. Zero when nothing is known. */
    public synchronized Duration peakFirstToken() {
        return decayed(typicalFirstToken());
    }

    /** The median, taken anew when a turn has ended. */
    private Duration typicalFirstToken() {
        if (usual == null) {
            forget();
            usual = latency(sample -> true, Sample::firstToken).p50();
        }
        return usual;
    }

    /** The time to the first token, at most {@link #FRESH} old: for those who ask at every request. */
    public synchronized Latency firstToken() {
        long now = nanoTime.getAsLong();
        if (recent == null || now - recentAt > FRESH.toNanos()) {
            recent = snapshot().firstToken();
            recentAt = now;
        }
        return recent;
    }

    public synchronized Snapshot snapshot() {
        forget();
        Latency firstToken = latency(sample -> true, Sample::firstToken);
        return new Snapshot(
                inFlight,
                firstToken,
                latency(sample -> sample.ending() == Ending.ANSWERED, Sample::took),
                decayed(firstToken.p50()),
                count(Ending.ANSWERED),
                count(Ending.FAILED));
    }

    private Duration decayed(Duration usual) {
        double kept = Math.exp(-(nanoTime.getAsLong() - peakAt) / DECAY_NANOS);
        double rest = usual.toNanos();
        return Duration.ofNanos(Math.round(peak <= rest ? peak : rest + (peak - rest) * kept));
    }

    private int count(Ending ending) {
        return (int)
                samples.stream().filter(sample -> sample.ending() == ending).count();
    }

    private Latency latency(Predicate<Sample> which, Function<Sample, Long> nanos) {
        long[] sorted = samples.stream()
                .filter(which)
                .map(nanos)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Latency.NONE
                : new Latency(sorted.length, Duration.ofNanos(sorted[0]), quantile(sorted, 50), quantile(sorted, 99));
    }

    /** The nearest rank. */
    private static Duration quantile(long[] sorted, int percent) {
        return Duration.ofNanos(sorted[(sorted.length * percent + 99) / 100 - 1]);
    }
}
