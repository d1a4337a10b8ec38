package io.camelback.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Finish;
import io.camelback.dialect.Json;
import java.util.Set;

/** Reads and writes why the model stopped (docs/wire-formats.md 2.2). */
final class GeminiFinish {
    private static final Set<String> FILTERED = Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII",
            "LANGUAGE", "MODEL_ARMOR", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER", "NO_IMAGE");
    private static final Set<String> FAULTS = Set.of("MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS",
            "MALFORMED_RESPONSE", "OTHER");

    private GeminiFinish() { }

    /** The provider's word; null while it has given none. */
    static String reason(JsonNode candidate) {
        String reason = Json.string(candidate, "finishReason");
        return reason == null || reason.isEmpty() || reason.equals("FINISH_REASON_UNSPECIFIED") ? null : reason;
    }

    /** Why the whole prompt was refused; null when it was not. */
    static String blockReason(JsonNode body) {
        return Json.string(body.path("promptFeedback"), "blockReason");
    }

    /** Whether the model failed rather than ended: without content this is no answer. */
    static boolean fault(String reason) {
        return reason != null && FAULTS.contains(reason);
    }

    static Finish blocked(String blockReason) {
        return Finish.of(Finish.Reason.CONTENT_FILTER, blockReason);
    }

    /**
     * Gemini says {@code STOP} after calls. A filter's verdict stands even then, so that nobody runs what was stopped for safety.
     *
     * @param calls whether the answer has function calls
     */
    static Finish of(String reason, boolean calls) {
        if (reason != null && FILTERED.contains(reason)) {
            return Finish.of(Finish.Reason.CONTENT_FILTER, reason);
        }
        return Finish.of(calls ? Finish.Reason.TOOL_CALLS : meaning(reason), reason);
    }

    private static Finish.Reason meaning(String reason) {
        if (reason == null || reason.equals("STOP")) {
            return Finish.Reason.STOP;
        }
        boolean cut = reason.equals("MAX_TOKENS") || reason.equals("CONTINUATION");
        return cut ? Finish.Reason.LENGTH : Finish.Reason.OTHER;
    }

    /**
     * Gemini's word: {@code STOP} after calls, too, and for words unknown to us.
     *
     * @param refused whether the model declined in words
     */
    static String write(Finish finish, boolean refused) {
        return switch (finish.reason()) {
            case LENGTH -> "MAX_TOKENS";
            case CONTENT_FILTER -> finish.raw() != null && FILTERED.contains(finish.raw()) ? finish.raw() : "SAFETY";
            case STOP, TOOL_CALLS, OTHER -> refused ? "SAFETY" : "STOP";
        };
    }
}
