package io.camelback.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that is never turned back: when the system's is, it stands still until that has caught up, so that no window
 * is opened twice (docs/failures.md K16). A clock that was far in the future by mistake is not followed back through
 * its error.
 */
final class NonDecreasingClock {
    private static final long ERROR = Duration.ofHours(26).toMillis();
    private final Clock clock;
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    NonDecreasingClock(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        long real = clock.millis();
        return Instant.ofEpochMilli(
                latest.updateAndGet(before -> before > real && before - real <= ERROR ? before : real));
    }

    /** It is at least so late: somebody who shares the budgets has seen this moment. */
    void atLeast(long moment) {
        latest.accumulateAndGet(moment, Math::max);
    }
}
