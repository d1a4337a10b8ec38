package io.camelback.resilience;

import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Decides whether a deployment is retried before the chain falls back, and after what delay. Only what is likely to
 * pass at once is tried again: a connection reset before any byte, and 500, 502, 503 and 529. A timeout never is: the
 * provider may still be generating, and billing.
 *
 * @param attempts how often it is asked again after the first time; 0 for never
 * @param base the longest first pause; it doubles from try to try
 * @param max the longest pause of all
 * @param maxRetryAfter the longest wait a provider may ask for; when it asks for more, the next link is the better
 *     choice
 */
public record RetryPolicy(int attempts, Duration base, Duration max, Duration maxRetryAfter) {
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(2, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(3));
    public static final RetryPolicy NONE = new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static final Set<Integer> STATUSES = Set.of(500, 502, 503, 529);

    public RetryPolicy {
        if (attempts < 0 || base.isNegative() || max.isNegative() || maxRetryAfter.isNegative()) {
            throw new IllegalArgumentException("nothing in a retry policy can be negative");
        }
    }

    /**
     * The pause before the next try.
     *
     * @param triesMade how often the deployment was asked so far, the first time included: 1 after its first failure
     * @param bytesSeen whether any byte of an answer was seen; then nothing is tried again
     * @return empty when it is not to be asked again
     */
    public Optional<Duration> delay(
            ProviderException failure, int triesMade, boolean bytesSeen, RandomGenerator random) {
        if (triesMade > attempts || bytesSeen || !mayPass(failure)) {
            return Optional.empty();
        }
        Duration asked = failure.retryAfter();
        if (asked != null) {
            return asked.compareTo(maxRetryAfter) <= 0 ? Optional.of(asked) : Optional.empty();
        }
        return failure.kind() == FailureKind.RATE_LIMIT ? Optional.empty() : Optional.of(jittered(triesMade, random));
    }

    private static boolean mayPass(ProviderException failure) {
        if (Boolean.FALSE.equals(failure.retryAdvice())) {
            return false;
        }
        return switch (failure.kind()) {
            case RATE_LIMIT -> true;
            case TRANSPORT -> "connection_reset".equals(failure.code());
            case SERVER, OVERLOAD -> STATUSES.contains(failure.status()) || Boolean.TRUE.equals(failure.retryAdvice());
            default -> false;
        };
    }

    /** Full jitter: anything between nothing and the doubled pause, so that callers do not come back together. */
    private Duration jittered(int triesMade, RandomGenerator random) {
        Duration longest = base;
        for (int doubled = 1; doubled < triesMade && !longest.isZero() && longest.compareTo(max) < 0; doubled++) {
            longest = longest.multipliedBy(2);
        }
        Duration bound = longest.compareTo(max) < 0 ? longest : max;
        return Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
    }
}
