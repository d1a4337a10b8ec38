package io.camelback.http;

import java.time.Duration;

/**
 * A call's part of its request's time.
 *
 * @param slice   what it gets; the rest of {@code left} is kept for the links after it
 * @param left    until the request's deadline
 * @param callers whether the deadline is the caller's own
 */
public record Share(Duration slice, Duration left, boolean callers) {
    /** Who writes steadily may go on beyond its slice, as long as it is never silent for longer than this. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** All that is left, with nobody waiting for a part of it. */
    public static Share all(Duration left, boolean callers) {
        return new Share(left, left, callers);
    }
}
