package io.camelback.config;

import java.time.Duration;

/**
 * Timeouts for slow clients (docs/failures.md B03, B04). All are longer than nothing.
 *
 * @param header for the whole of a request's head, from the connection's opening or the head's first byte
 * @param body for a request's body, and a second more for every 16 KiB of it that have come
 * @param send how long a caller may take nothing of an answer that waits for it
 */
public record ClientTimeoutSettings(Duration header, Duration body, Duration send) {
    public static final ClientTimeoutSettings DEFAULT =
            new ClientTimeoutSettings(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));
}
