package io.camelback.camel.inbound;

import io.camelback.chat.GatewayError;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.failure.FailureKind;
import io.camelback.failure.GatewayFault;
import io.camelback.failure.ProviderException;

/** The error that a caller is told when a stream breaks off after it has begun. */
final class StreamErrorMapper {
    private StreamErrorMapper() {}

    static GatewayError of(ProviderException failure) {
        String code = failure.code() == null ? "upstream_error" : failure.code();
        return switch (code) {
            case "shutting_down" -> ErrorEnvelope.shuttingDown();
            case "internal_error" -> failure.kind() == FailureKind.INTERNAL ? GatewayFault.ERROR : failed();
            case "cancelled" -> GatewayError.of(503, code, "The request was cancelled before its answer was complete.");
            case "stream_stalled" -> GatewayError.of(504, code, "The model stopped sending before it had finished.");
            case "deadline_exceeded", "client_deadline" ->
                GatewayError.of(504, code, "The answer took longer than the time limit.");
            case "stream_truncated" ->
                GatewayError.of(502, code, "The model's answer was cut off before it had finished.");
            case "answer_too_large", "event_too_large" ->
                GatewayError.of(
                        502,
                        "answer_too_large",
                        "The model's answer is larger than the gateway takes. The limits are"
                                + " under limits in config/camelback.yaml.");
            case "memory_exhausted" ->
                GatewayError.of(503, code, "The gateway has no memory left for the rest of this answer.");
            default ->
                failure.kind() == FailureKind.TRANSPORT
                        ? GatewayError.of(502, "stream_interrupted", "The connection to the model broke off.")
                        : failed();
        };
    }

    private static GatewayError failed() {
        return GatewayError.of(502, "upstream_error", "The model failed before it had finished.");
    }
}
