package io.camelback.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * When a deployment is left alone for a while.
 *
 * @param failures how many in a row open the breaker
 * @param cooldown how long it stays open before it is tried again
 * @param rate the share of failures, in percent, that opens it too; empty for none
 */
public record CircuitBreakerSettings(int failures, Duration cooldown, OptionalInt rate) {}
