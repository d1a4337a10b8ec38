package io.camelback.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.json.Json;
import java.util.Set;

/** Why the model stopped (docs/wire-formats.md 2.2). */
public final class AnthropicStopReason {
    private static final Set<String> OWN = Set.of("pause_turn", "compaction", "model_context_window_exceeded");

    private AnthropicStopReason() {}

    /**
     * @param holder what has {@code stop_reason}: a message, or the delta of a {@code message_delta}
     * @param called whether the answer has tool calls: some servers that only speak this dialect report a plain end
     *     then
     */
    public static FinishReason of(JsonNode holder, boolean called) {
        String raw = Json.string(holder, "stop_reason");
        Kind reason = reason(raw);
        if (reason == Kind.STOP || reason == Kind.TOOL_CALLS) {
            reason = called ? Kind.TOOL_CALLS : Kind.STOP;
        }
        return new FinishReason(reason, raw, Json.string(holder, "stop_sequence"));
    }

    /** Why the model refused, in words for the caller; null when it did not say. */
    public static String explanation(JsonNode holder) {
        return "refusal".equals(Json.string(holder, "stop_reason"))
                ? Json.string(holder.path("stop_details"), "explanation")
                : null;
    }

    /**
     * The word for a caller of this dialect. One of Anthropic's own that means more than its reason is kept, such as
     * {@code pause_turn}, after which the caller must send the turn again.
     *
     * @param calls whether the answer has tool calls: then it ends for them, unless it was cut or filtered
     */
    public static String write(FinishReason finish, boolean calls) {
        if (finish.raw() != null && OWN.contains(finish.raw()) && !calls) {
            return finish.raw();
        }
        return switch (finish.reason()) {
            case LENGTH -> "max_tokens";
            case CONTENT_FILTER -> "refusal";
            case STOP, TOOL_CALLS, OTHER ->
                calls ? "tool_use" : finish.stopSequence() != null ? "stop_sequence" : "end_turn";
        };
    }

    private static Kind reason(String raw) {
        if (raw == null) {
            return Kind.STOP;
        }
        return switch (raw) {
            case "end_turn", "stop_sequence", "pause_turn", "compaction" -> Kind.STOP;
            case "tool_use" -> Kind.TOOL_CALLS;
            case "max_tokens", "model_context_window_exceeded" -> Kind.LENGTH;
            case "refusal" -> Kind.CONTENT_FILTER;
            default -> Kind.OTHER;
        };
    }
}
