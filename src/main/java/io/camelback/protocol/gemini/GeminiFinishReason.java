package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.FinishReason;
import io.camelback.json.Json;
import java.util.Set;

/** Reads and writes why the model stopped (docs/wire-formats.md 2.2). */
public final class GeminiFinishReason {
    private static final Set<String> FILTERED = Set.of(
            "SAFETY",
            "RECITATION",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "LANGUAGE",
            "MODEL_ARMOR",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION",
            "IMAGE_OTHER",
            "NO_IMAGE");
    private static final Set<String> FAULTS = Set.of(
            "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MALFORMED_RESPONSE", "OTHER");

    private GeminiFinishReason() {}

    /** The provider's word; null while it has given none. */
    public static String reason(JsonNode candidate) {
        String reason = Json.string(candidate, "finishReason");
        return reason == null || reason.isEmpty() || reason.equals("FINISH_REASON_UNSPECIFIED") ? null : reason;
    }

    /** Why the whole prompt was refused; null when it was not. */
    public static String blockReason(JsonNode body) {
        return Json.string(body.path("promptFeedback"), "blockReason");
    }

    /** Whether the model failed rather than ended: without content this is no answer. */
    public static boolean fault(String reason) {
        return reason != null && FAULTS.contains(reason);
    }

    public static FinishReason blocked(String blockReason) {
        return FinishReason.of(FinishReason.Kind.CONTENT_FILTER, blockReason);
    }

    /**
     * Gemini says {@code STOP} after calls. A filter's verdict stands even then, so that nobody runs what was stopped
     * for safety.
     *
     * @param calls whether the answer has function calls
     */
    public static FinishReason of(String reason, boolean calls) {
        if (reason != null && FILTERED.contains(reason)) {
            return FinishReason.of(FinishReason.Kind.CONTENT_FILTER, reason);
        }
        return FinishReason.of(calls ? FinishReason.Kind.TOOL_CALLS : meaning(reason), reason);
    }

    private static FinishReason.Kind meaning(String reason) {
        if (reason == null || reason.equals("STOP")) {
            return FinishReason.Kind.STOP;
        }
        boolean cut = reason.equals("MAX_TOKENS") || reason.equals("CONTINUATION");
        return cut ? FinishReason.Kind.LENGTH : FinishReason.Kind.OTHER;
    }

    /**
     * Gemini's word: {@code STOP} after calls, too, and for words unknown to us.
     *
     * @param refused whether the model declined in words
     */
    public static String write(FinishReason finish, boolean refused) {
        return switch (finish.reason()) {
            case LENGTH -> "MAX_TOKENS";
            case CONTENT_FILTER -> finish.raw() != null && FILTERED.contains(finish.raw()) ? finish.raw() : "SAFETY";
            case STOP, TOOL_CALLS, OTHER -> refused ? "SAFETY" : "STOP";
        };
    }
}
