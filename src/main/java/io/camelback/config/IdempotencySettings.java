package io.camelback.config;

import java.time.Duration;

/**
 * Settings for requests with an {@code Idempotency-Key}.
 *
 * @param keep how long they are given again
 * @param maxAnswerBytes longer ones are not kept: whoever sends the request again is told so
 */
public record IdempotencySettings(Duration keep, long maxAnswerBytes) {
    public static final IdempotencySettings DEFAULT = new IdempotencySettings(Duration.ofHours(24), 8L << 20);
}
