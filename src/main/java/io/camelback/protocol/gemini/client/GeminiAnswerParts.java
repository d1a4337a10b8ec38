package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import io.camelback.protocol.gemini.GeminiFields;
import io.camelback.protocol.gemini.GeminiMedia;
import io.camelback.protocol.gemini.GeminiParts;
import io.camelback.protocol.support.SurrogateSanitizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the parts of an answer for a caller, one candidate's, in their order. Thoughts are shown to those who asked
 * for them, as Gemini does; signed thinking of another provider goes along with the part that follows it, see
 * {@link ForeignThinkingCarrier}.
 */
final class GeminiAnswerParts {
    private final boolean showsThoughts;
    private final List<Part.Thinking> carried = new ArrayList<>();

    GeminiAnswerParts(boolean showsThoughts) {
        this.showsThoughts = showsThoughts;
    }

    /** Whether the caller asked for {@code includeThoughts}; true for a request that is not a Gemini caller's. */
    static boolean wantsThoughts(ChatRequest request) {
        if (request == null
                || request.original() == null
                || !ProtocolNames.GEMINI.equals(request.original().dialect())) {
            return true;
        }
        JsonNode node = request.original().body();
        for (String field : List.of("generationConfig", "thinkingConfig", "includeThoughts")) {
            node = node instanceof ObjectNode object ? GeminiFields.value(object, field) : null;
        }
        return node != null && node.asBoolean();
    }

    ObjectNode text(String text) {
        return signed(GeminiParts.text(SurrogateSanitizer.replace(text)), null);
    }

    /** @return null when nothing is to be shown */
    ObjectNode thought(String text) {
        return showsThoughts && !text.isEmpty()
                ? GeminiParts.text(SurrogateSanitizer.replace(text)).put("thought", true)
                : null;
    }

    /**
     * Takes a block of thinking whose text was told by {@link #thought}.
     *
     * @return what Gemini's own signature stands on; null for another provider's, which waits for the next part
     */
    ObjectNode proof(Part.Thinking block) {
        if (ProtocolNames.GEMINI.equals(block.origin())) {
            return block.signature() == null ? null : GeminiParts.text("").put("thoughtSignature", block.signature());
        }
        if (block.origin() != null && (block.signature() != null || block.redacted() != null)) {
            carried.add(block);
        }
        return null;
    }

    /** Null for an image that is not at hand. */
    static ObjectNode image(Part.Image image) {
        return image.media() instanceof Part.Media.FileId ? null : GeminiMedia.shown(image);
    }

    /** @param id is told, too: clients hand it back with the result */
    ObjectNode call(String id, String name, String arguments, String signature) {
        ObjectNode part = Json.object();
        ObjectNode call = part.putObject("functionCall");
        if (id != null) {
            call.put("id", id);
        }
        call.put("name", name).set("args", SurrogateSanitizer.replaceIn(GeminiParts.arguments(arguments)));
        return signed(part, signature);
    }

    /**
     * Whether the arguments of a call came whole: when the answer was cut, a call with half of them must not be made.
     */
    static boolean isWhole(String arguments) {
        if (arguments == null || arguments.isBlank()) {
            return false;
        }
        try {
            JsonNode node = Json.read(arguments);
            return node.isObject() || node.isTextual();
        } catch (JsonProcessingException incomplete) {
            return false;
        }
    }

    private ObjectNode signed(ObjectNode part, String own) {
        String signature = own == null ? ForeignThinkingCarrier.pack(carried) : own;
        carried.clear();
        return signature == null ? part : part.put("thoughtSignature", signature);
    }
}
