package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Finish.Reason;
import io.camelback.chat.Finish;
import io.camelback.dialect.Wire;

/** Why the model stopped (docs/wire-formats.md 2.2): a status and, for an answer that is not complete, a reason. */
final class ResponsesFinish {
    private ResponsesFinish() { }

    /** @param calls whether the answer holds tool calls */
    static Finish read(JsonNode response, boolean calls) {
        String status = response.path("status").asText("completed");
        Reason plain = calls ? Reason.TOOL_CALLS : Reason.STOP;
        if (status.equals("completed")) {
            return Finish.of(plain, status);
        }
        String raw = Wire.text(response.path("incomplete_details"), "reason");
        Reason reason = switch (raw == null ? status : raw) {
            case "max_output_tokens", "max_tokens" -> Reason.LENGTH;
            case "content_filter" -> Reason.CONTENT_FILTER;
            case "max_messages", "steered" -> plain;
            default -> Reason.OTHER;
        };
        return Finish.of(reason, raw == null ? status : raw);
    }

    /**
     * What {@code incomplete_details} shall say.
     *
     * @param refused whether the answer holds a refusal in words, which is a complete answer here
     * @return null for an answer that is complete
     */
    static String incomplete(Finish finish, boolean refused) {
        return switch (finish.reason()) {
            case LENGTH -> "max_output_tokens";
            case CONTENT_FILTER -> refused ? null : "content_filter";
            case STOP, TOOL_CALLS, OTHER -> null;
        };
    }
}
