package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;

/** Errors in the form that Anthropic's clients read (docs/wire-formats.md 4.5). */
final class AnthropicErrors {
    /** Claude Code makes its conversation shorter when a message begins so. */
    private static final String TOO_LONG = "prompt is too long: ";

    private AnthropicErrors() {}

    static ObjectNode write(GatewayError error, String requestId) {
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error").put("type", type(error.status())).put("message", message(error));
        return body.put("request_id", requestId);
    }

    private static String message(GatewayError error) {
        String message = String.valueOf(error.message());
        boolean overflow = "context_length_exceeded".equals(error.code());
        return overflow && !message.startsWith(TOO_LONG) ? TOO_LONG + message : message;
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }
}
