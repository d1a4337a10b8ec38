package io.camelback.event;

import java.time.Instant;

/**
 * An event as it is delivered.
 *
 * @param id unique, and rising, while the gateway runs
 * @param repeated how often the same condition was told since it was delivered last, without being delivered
 */
public record DeliveredEvent(String id, Instant at, GatewayEvent event, long repeated) {}
