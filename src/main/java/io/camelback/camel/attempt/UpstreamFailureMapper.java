package io.camelback.camel.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.failure.FailureClassifier;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderErrorReader;
import io.camelback.failure.ProviderException;
import io.camelback.upstream.AbortReason;
import io.camelback.upstream.ResendPolicy;
import io.camelback.upstream.UpstreamCall;
import java.io.IOException;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What goes wrong with one upstream call, in the terms of {@link FailureKind}. An abort comes first: when a timer or
 * the caller has ended the call, whatever broke afterwards is its doing.
 */
public final class UpstreamFailureMapper {
    private final UpstreamCall call;
    private final Clock clock;
    private final BooleanSupplier changed;

    /**
     * @param changed whether the provider got another request than the caller sent, or is not the format's own maker
     */
    UpstreamFailureMapper(UpstreamCall call, Clock clock, BooleanSupplier changed) {
        this.call = call;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * Of a response with another status than 200, or of a connection that brought none. A 400 is the caller's where the
     * format's own maker got the request as it came; else it may be our doing, or a limit of this server's, and the
     * next link is asked (docs/failures.md S11, S12).
     */
    ProviderException of(ResendPolicy.Outcome outcome) {
        return outcome.failure() != null
                ? of(outcome.failure())
                : FailureClassifier.classify(
                        outcome.status(),
                        outcome.headers(),
                        ProviderErrorReader.read(outcome.body()),
                        changed.getAsBoolean(),
                        clock.instant());
    }

    /** Of an error inside a body or a stream with status 200. */
    public ProviderException of(JsonNode error) {
        return FailureClassifier.inBand(ProviderErrorReader.read(error), changed.getAsBoolean(), clock.instant());
    }

    public ProviderException of(IOException failure) {
        return call.aborted() != null
                ? of(call.aborted())
                : FailureClassifier.ofException(failure)
                        .orElseGet(() -> ProviderException.of(FailureKind.TRANSPORT, "the connection broke"));
    }

    /** Of an exception of any kind; null when it is no provider's, but a fault of ours. */
    ProviderException of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderException failure) {
                return failure;
            }
        }
        return call.aborted() != null
                ? of(call.aborted())
                : FailureClassifier.ofException(thrown).orElse(null);
    }

    static ProviderException of(AbortReason abort) {
        return switch (abort) {
            case CANCELLED -> failure(FailureKind.CANCELLED, "cancelled", "the caller left");
            case CLIENT_DEADLINE ->
                failure(FailureKind.CLIENT_DEADLINE, "client_deadline", "the caller's time ran out");
            case FIRST_TOKEN -> failure(FailureKind.TIMEOUT, "first_token_timeout", "no first token in time");
            case IDLE -> failure(FailureKind.TIMEOUT, "stream_stalled", "the stream stalled");
            case CONNECT -> failure(FailureKind.TIMEOUT, "connect_timeout", "connect timeout");
            case TLS -> failure(FailureKind.TIMEOUT, "tls_timeout", "no TLS handshake in time");
            case HEADERS -> failure(FailureKind.TIMEOUT, "headers_timeout", "no headers in time");
            case TOTAL -> failure(FailureKind.SLOW, "deadline_exceeded", "the answer took too long");
            case SHARE -> failure(FailureKind.SLOW, "share_exceeded", "its share of the time was over");
            case SHUTTING_DOWN -> failure(FailureKind.SHUTTING_DOWN, "shutting_down", "the gateway was stopped");
            case DEADLINE -> failure(FailureKind.SLOW, "deadline_exceeded", "the request's time ran out");
        };
    }

    /** Of an attempt that was not made for want of time. */
    public static ProviderException insufficient(boolean callersTimeOver, String why) {
        return callersTimeOver
                ? failure(FailureKind.CLIENT_DEADLINE, "client_deadline", why)
                : failure(FailureKind.SLOW, "starved", why);
    }

    private static ProviderException failure(FailureKind kind, String code, String detail) {
        return new ProviderException(kind, 0, code, detail, null);
    }
}
