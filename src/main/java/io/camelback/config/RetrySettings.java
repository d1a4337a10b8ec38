package io.camelback.config;

import java.time.Duration;

/**
 * Retries at the same deployment before the chain falls back.
 *
 * @param attempts how often it is asked again after the first time; 0 for never
 * @param baseDelay the pause before the first repetition; it doubles from there
 * @param maxDelay the longest pause
 * @param maxRetryAfter the longest {@code Retry-After} that is waited for instead of going on
 */
public record RetrySettings(int attempts, Duration baseDelay, Duration maxDelay, Duration maxRetryAfter) {}
