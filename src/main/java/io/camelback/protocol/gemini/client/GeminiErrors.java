package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import java.math.BigDecimal;
import java.util.Locale;

/** Errors in the form that Google's clients read (docs/wire-formats.md 4.1 and 4.5). */
final class GeminiErrors {
    private static final String TYPE = "type.googleapis.com/google.rpc.";

    private GeminiErrors() {}

    static ObjectNode write(GatewayError error, String requestId) {
        ObjectNode body = Json.object();
        ObjectNode node = body.putObject("error")
                .put("code", error.status())
                .put("message", error.message() + " (request id " + requestId + ")")
                .put("status", status(error.status()));
        ArrayNode details = node.arrayNode();
        if (error.code() != null) {
            details.addObject()
                    .put("@type", TYPE + "ErrorInfo")
                    .put("reason", error.code().toUpperCase(Locale.ROOT))
                    .put("domain", "camelback");
        }
        if (error.param() != null) {
            details.addObject()
                    .put("@type", TYPE + "BadRequest")
                    .putArray("fieldViolations")
                    .addObject()
                    .put("field", error.param())
                    .put("description", error.message());
        }
        if (error.retryAfter() != null) {
            BigDecimal seconds =
                    BigDecimal.valueOf(error.retryAfter().toMillis(), 3).stripTrailingZeros();
            details.addObject().put("@type", TYPE + "RetryInfo").put("retryDelay", seconds.toPlainString() + "s");
        }
        if (!details.isEmpty()) {
            node.set("details", details);
        }
        return body;
    }

    private static String status(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 402, 429 -> "RESOURCE_EXHAUSTED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 405, 501 -> "UNIMPLEMENTED";
            case 409 -> "ABORTED";
            case 499 -> "CANCELLED";
            case 502, 503, 529 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }
}
