package io.camelback.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Settings of a deployment's circuit breaker.
 *
 * @param failures how many in a row open the breaker
 * @param cooldown how long it stays open before it is tried again
 * @param rate the share of failures, in percent, that opens it too; empty for none
 */
public record CircuitBreakerSettings(int failures, Duration cooldown, OptionalInt rate) {}
