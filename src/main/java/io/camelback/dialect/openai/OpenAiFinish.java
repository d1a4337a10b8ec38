package io.camelback.dialect.openai;

import io.camelback.chat.Finish;
import io.camelback.chat.Finish.Reason;

/** Why the model stopped (docs/wire-formats.md 2.2), in the words of OpenAI and of the compatible servers. */
final class OpenAiFinish {
    private OpenAiFinish() { }

    /**
     * @param raw   the provider's word; null or empty when it gave none
     * @param calls whether the answer holds tool calls: then it ends for them, whatever the server says
     */
    static Finish read(String raw, boolean calls) {
        String word = raw == null ? "" : raw;
        Reason plain = calls ? Reason.TOOL_CALLS : Reason.STOP;
        Reason reason = switch (word) {
            case "", "stop", "end_turn", "stop_sequence", "eos", "tool_calls", "function_call", "tool_use" -> plain;
            case "length", "model_length", "max_tokens" -> Reason.LENGTH;
            case "content_filter", "sensitive", "refusal" -> Reason.CONTENT_FILTER;
            default -> Reason.OTHER;
        };
        return Finish.of(reason, word.isEmpty() ? null : word);
    }

    /** @param calls whether the answer holds tool calls, which a word unknown to us must not hide */
    static String write(Finish finish, boolean calls) {
        return switch (finish.reason()) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
            case OTHER -> calls ? "tool_calls" : "stop";
        };
    }
}
