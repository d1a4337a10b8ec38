package io.camelback.upstream;

import java.time.Duration;

/**
 * The share of a request's time that one call gets.
 *
 * @param slice what it gets; the rest of {@code left} is kept for the links after it
 * @param left until the request's deadline
 * @param callers whether the deadline is the caller's own
 */
public record AttemptDeadline(Duration slice, Duration left, boolean callers) {
    /** Who writes steadily may go on beyond its slice, as long as it is never silent for longer than this. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** All that is left, with nobody waiting for a part of it. */
    public static AttemptDeadline all(Duration left, boolean callers) {
        return new AttemptDeadline(left, left, callers);
    }
}
