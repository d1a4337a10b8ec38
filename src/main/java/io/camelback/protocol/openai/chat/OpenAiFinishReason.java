package io.camelback.protocol.openai.chat;

import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;

/** Why the model stopped (docs/wire-formats.md 2.2), in the words of OpenAI and of the compatible servers. */
public final class OpenAiFinishReason {
    private OpenAiFinishReason() {}

    /**
     * @param raw the provider's word; null or empty when it gave none
     * @param calls whether the answer holds tool calls: then it ends for them, whatever the server says
     */
    public static FinishReason read(String raw, boolean calls) {
        String word = raw == null ? "" : raw;
        Kind plain = calls ? Kind.TOOL_CALLS : Kind.STOP;
        Kind reason = switch (word) {
            case "", "stop", "end_turn", "stop_sequence", "eos", "tool_calls", "function_call", "tool_use" -> plain;
            case "length", "model_length", "max_tokens" -> Kind.LENGTH;
            case "content_filter", "sensitive", "refusal" -> Kind.CONTENT_FILTER;
            default -> Kind.OTHER;
        };
        return FinishReason.of(reason, word.isEmpty() ? null : word);
    }

    /** @param calls whether the answer holds tool calls, which a word unknown to us must not hide */
    public static String write(FinishReason finish, boolean calls) {
        return switch (finish.reason()) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
            case OTHER -> calls ? "tool_calls" : "stop";
        };
    }
}
