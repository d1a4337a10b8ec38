package io.camelback.clientkey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits failed authentications by client address. After thirty within a minute an address is told to wait. A right key
 * is let in even then: nobody guesses one, and nobody shall lock out the others behind the same address. Thread-safe.
 */
public final class FailedAuthLimiter {
    static final int MOST = 30;
    static final Duration WINDOW = Duration.ofMinutes(1);
    /** How many addresses are remembered. */
    private static final int ADDRESSES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(FailedAuthLimiter.class);

    private final LongSupplier nanoTime;
    private final Cache<String, FailureCount> tallies;

    private record FailureCount(long since, AtomicInteger wrong) {}

    public FailedAuthLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.tallies = Caffeine.newBuilder()
                .maximumSize(ADDRESSES)
                .expireAfterWrite(WINDOW)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** Counts one more. @return how long this address is to wait; empty while it need not */
    public Optional<Duration> count(String address) {
        FailureCount tally = tallies.get(address, first -> new FailureCount(nanoTime.getAsLong(), new AtomicInteger()));
        int wrong = tally.wrong().incrementAndGet();
        if (wrong <= MOST) {
            return Optional.empty();
        }
        if (wrong == MOST + 1) {
            LOG.warn("More than {} requests with a wrong client key within a minute from {}", MOST, address);
        }
        Duration left = WINDOW.minusNanos(nanoTime.getAsLong() - tally.since());
        return Optional.of(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
    }
}
