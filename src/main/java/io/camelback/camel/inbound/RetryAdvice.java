package io.camelback.camel.inbound;

import io.camelback.attempt.AttemptResult;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.GatewayError;
import io.camelback.failure.ErrorEnvelope;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a caller is told about trying again. Official clients try again by themselves: they read {@code x-should-retry},
 * {@code retry-after-ms} and {@code Retry-After}, and some sleep for as long as these say, be it hours.
 */
public final class RetryAdvice {
    /** Nobody's client shall sleep for longer. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final int OVERLOADED = 503;
    /** Refused for the key that was sent: the same request meets the same answer. */
    private static final Set<String> POINTLESS = Set.of("too_many_wrong_keys", "no_usable_deployment");

    private RetryAdvice() {}

    /**
     * The error as it is told: with a wait of whole seconds, which its message names, so that headers, text and
     * Google's RetryInfo say the same. Who were turned away together are told up to a fifth more, by the request's id,
     * so that they do not come back together; never less, because nobody can answer earlier.
     */
    public static GatewayError told(GatewayError error, String requestId) {
        Duration wait = error.retryAfter();
        if (wait == null) {
            return error;
        }
        if ("upstream_unavailable".equals(error.code())) {
            wait = wait.plusMillis(wait.toMillis() * Math.floorMod(requestId.hashCode(), 201) / 1000);
        }
        Duration whole = Duration.ofSeconds(Math.max(1, wait.plusMillis(999).toSeconds()));
        if (error.status() == 409) {
            return new GatewayError(error.status(), error.code(), error.message(), error.param(), whole);
        }
        return ErrorEnvelope.tryAgainIn(error, whole);
    }

    /**
     * Adds the headers for an error.
     *
     * @param told as {@link #told} made it
     * @param context null for a request that never became one
     */
    public static void add(Map<String, String> headers, GatewayError told, RequestContext context) {
        Duration wait =
                told.status() == 429 || told.status() == OVERLOADED || told.status() == 409 ? told.retryAfter() : null;
        if (wait != null) {
            headers.put("Retry-After", String.valueOf(wait.toSeconds()));
            headers.put("retry-after-ms", String.valueOf(wait.toMillis()));
        }
        if (wait == null
                || wait.compareTo(LONGEST) > 0
                || POINTLESS.contains(told.code())
                || context != null && triedEnough(context, told)) {
            headers.put("x-should-retry", "false");
        }
        if (told.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer realm=\"camelback\"");
        }
    }

    /**
     * Whether the gateway has sent this request again itself, so that a client that does so, too, would multiply that:
     * three tries of a client by three of the gateway are nine calls to a provider that is down. Where all were left
     * alone, a client's next try costs nothing; where all were asked once and named a time, it costs one call after
     * that time.
     */
    private static boolean triedEnough(RequestContext context, GatewayError told) {
        Set<String> asked = new HashSet<>();
        boolean again = false;
        for (AttemptResult attempt : context.trail().attempts()) {
            again |= attempt.outcome() != AttemptResult.Outcome.SKIPPED && !asked.add(attempt.deployment());
        }
        return switch (told.code()) {
            case "upstream_unavailable" -> !asked.isEmpty();
            case "rate_limited" -> again;
            default -> false;
        };
    }
}
