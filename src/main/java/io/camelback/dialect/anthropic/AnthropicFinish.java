package io.camelback.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Finish;
import io.camelback.chat.Finish.Reason;
import io.camelback.dialect.Json;

/** Why the model stopped (WIRE.md 2.2). */
final class AnthropicFinish {
    private AnthropicFinish() { }

    /**
     * @param holder what has {@code stop_reason}: a message, or the delta of a {@code message_delta}
     * @param called whether the answer has tool calls: some servers that only speak this dialect report a plain end then
     */
    static Finish of(JsonNode holder, boolean called) {
        String raw = Json.string(holder, "stop_reason");
        Reason reason = reason(raw);
        if (reason == Reason.STOP || reason == Reason.TOOL_CALLS) {
            reason = called ? Reason.TOOL_CALLS : Reason.STOP;
        }
        return new Finish(reason, raw, Json.string(holder, "stop_sequence"));
    }

    /** Why the model refused, in words for the caller; null when it did not say. */
    static String explanation(JsonNode holder) {
        return "refusal".equals(Json.string(holder, "stop_reason"))
                ? Json.string(holder.path("stop_details"), "explanation")
                : null;
    }

    private static Reason reason(String raw) {
        if (raw == null) {
            return Reason.STOP;
        }
        return switch (raw) {
            case "end_turn", "stop_sequence", "pause_turn", "compaction" -> Reason.STOP;
            case "tool_use" -> Reason.TOOL_CALLS;
            case "max_tokens", "model_context_window_exceeded" -> Reason.LENGTH;
            case "refusal" -> Reason.CONTENT_FILTER;
            default -> Reason.OTHER;
        };
    }
}
