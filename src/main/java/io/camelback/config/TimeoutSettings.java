package io.camelback.config;

import java.time.Duration;

/**
 * The timers of an attempt. All are longer than zero; the one that runs out first counts. Pings and comments feed none
 * of them, and reasoning is content like any other.
 *
 * @param connect until the connection stands, the lookup of the name included; all addresses of a host share it
 * @param tls for the TLS handshake
 * @param headers from the request sent to the response's headers, when the provider streams
 * @param firstToken from the request sent to the first content, when the provider streams
 * @param idle between two pieces of content
 * @param total for the whole attempt, re-sends included
 */
public record TimeoutSettings(
        Duration connect, Duration tls, Duration headers, Duration firstToken, Duration idle, Duration total) {}
