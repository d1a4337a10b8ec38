package io.camelback.config;

import java.time.Duration;

/**
 * Settings of the gateway's HTTP server.
 *
 * @param maxBodyBytes larger requests are refused with 413
 * @param workers how many requests run at once on JDK 17; later JDKs use virtual threads and ignore it
 * @param stopDelay how long new requests are still served after the gateway was told to stop, while it says that it is
 *     not ready
 * @param stopGrace how long requests under way may then take to finish
 * @param heartbeat how long a caller whose answer is held back hears nothing before it is sent a comment
 * @param connections how many callers may be connected, and for how long without a request; counts from the start of
 *     the gateway
 * @param timeouts how slow a caller may be; those of heads count from the start of the gateway
 * @param idempotency what becomes of answers to requests with a key
 * @param webSockets whether Responses are also spoken over WebSockets; if not, a dial is answered 426
 */
public record ServerSettings(
        long maxBodyBytes,
        int workers,
        Duration stopDelay,
        Duration stopGrace,
        Duration heartbeat,
        ConnectionLimits connections,
        ClientTimeoutSettings timeouts,
        IdempotencySettings idempotency,
        boolean webSockets) {
    public static final ServerSettings DEFAULT = new ServerSettings(
            32L << 20,
            256,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            ConnectionLimits.DEFAULT,
            ClientTimeoutSettings.DEFAULT,
            IdempotencySettings.DEFAULT,
            true);
}
