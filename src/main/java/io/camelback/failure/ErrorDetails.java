package io.camelback.failure;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the nested details of an error: Google's {@code details} list, Anthropic's {@code details} object, Azure's
 * inner error.
 */
final class ErrorDetails {
    /** OpenRouter's moderation names what it flagged, and gives no other code for it. */
    static final String FLAGGED = "flagged_input";

    private ErrorDetails() {}

    static List<String> reasons(JsonNode error) {
        List<String> reasons = new ArrayList<>();
        JsonNode details = error.path("details");
        addTo(reasons, details, "error_code");
        if (details.isArray()) {
            for (JsonNode detail : details) {
                addTo(reasons, detail, "reason");
                for (JsonNode violation : detail.path("violations")) {
                    addTo(reasons, violation, "quotaId");
                }
            }
        }
        addTo(reasons, error.path("innererror"), "code");
        if (error.path("metadata").has(FLAGGED)) {
            reasons.add(FLAGGED);
        }
        return reasons;
    }

    /** The wait of a {@code RetryInfo}; null when there is none or it cannot be read. */
    static Duration retryDelay(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            String delay = Json.string(detail, "retryDelay");
            if (delay != null && delay.endsWith("s")) {
                return WaitParser.seconds(delay.substring(0, delay.length() - 1))
                        .orElse(null);
            }
        }
        return null;
    }

    /** The field of Google's first {@code BadRequest} violation; null when there is none. */
    static String field(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            String field = Json.string(detail.path("fieldViolations").path(0), "field");
            if (field != null && !field.isBlank()) {
                return field;
            }
        }
        return null;
    }

    private static void addTo(List<String> reasons, JsonNode node, String field) {
        String reason = Json.string(node, field);
        if (reason != null && !reason.isBlank()) {
            reasons.add(reason);
        }
    }
}
