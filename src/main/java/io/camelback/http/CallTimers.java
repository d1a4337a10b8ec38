package io.camelback.http;

import java.time.Duration;

/**
 * How long an upstream call may take, phase by phase. Pings and comments feed none of them.
 *
 * @param firstToken from sending the request to the first content
 * @param idle       between two pieces of content
 * @param total      for everything, re-sends included
 */
public record CallTimers(Duration firstToken, Duration idle, Duration total) {

    /** These timers, cut to what is left of the caller's own time. */
    public CallTimers within(Duration left) {
        return new CallTimers(min(firstToken, left), min(idle, left), min(total, left));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
