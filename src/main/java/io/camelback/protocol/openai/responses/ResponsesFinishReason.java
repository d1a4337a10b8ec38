package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.json.JsonNodes;

/** Why the model stopped (docs/wire-formats.md 2.2): a status and, for an answer that is not complete, a reason. */
public final class ResponsesFinishReason {
    private ResponsesFinishReason() {}

    /** @param calls whether the answer holds tool calls */
    public static FinishReason read(JsonNode response, boolean calls) {
        String status = response.path("status").asText("completed");
        Kind plain = calls ? Kind.TOOL_CALLS : Kind.STOP;
        if (status.equals("completed")) {
            return FinishReason.of(plain, status);
        }
        String raw = JsonNodes.text(response.path("incomplete_details"), "reason");
        Kind reason = switch (raw == null ? status : raw) {
            case "max_output_tokens", "max_tokens" -> Kind.LENGTH;
            case "content_filter" -> Kind.CONTENT_FILTER;
            case "max_messages", "steered" -> plain;
            default -> Kind.OTHER;
        };
        return FinishReason.of(reason, raw == null ? status : raw);
    }

    /**
     * What {@code incomplete_details} shall say.
     *
     * @param refused whether the answer holds a refusal in words, which is a complete answer here
     * @return null for an answer that is complete
     */
    public static String incomplete(FinishReason finish, boolean refused) {
        return switch (finish.reason()) {
            case LENGTH -> "max_output_tokens";
            case CONTENT_FILTER -> refused ? null : "content_filter";
            case STOP, TOOL_CALLS, OTHER -> null;
        };
    }
}
