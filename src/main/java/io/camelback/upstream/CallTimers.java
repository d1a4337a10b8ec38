package io.camelback.upstream;

import java.time.Duration;

/**
 * The timeouts of an upstream call by phase. Pings and comments feed none of them.
 *
 * @param connect until the connection stands; a reused one takes no time
 * @param tls for the TLS handshake
 * @param headers from sending the request to the response's headers
 * @param firstToken from sending the request to the first content
 * @param idle between two pieces of content
 * @param total for everything, re-sends included
 */
public record CallTimers(
        Duration connect, Duration tls, Duration headers, Duration firstToken, Duration idle, Duration total) {

    /** For a provider that sends nothing until it is done: from the request on, only the total timer can apply. */
    public CallTimers unstreamed() {
        return new CallTimers(connect, tls, total, total, idle, total);
    }
}
