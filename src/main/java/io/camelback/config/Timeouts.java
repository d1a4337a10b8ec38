package io.camelback.config;

import java.time.Duration;

/**
 * The four timers of an attempt. All are longer than zero; the one that runs out first counts.
 *
 * @param connect    until the connection stands, TLS included
 * @param firstToken from the request sent to the first content
 * @param idle       between two events of a stream
 * @param total      for the whole attempt
 */
public record Timeouts(Duration connect, Duration firstToken, Duration idle, Duration total) { }
