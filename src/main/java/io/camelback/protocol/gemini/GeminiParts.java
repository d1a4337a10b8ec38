package io.camelback.protocol.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import java.util.ArrayList;
import java.util.List;

/** Writes the parts of a turn. */
public final class GeminiParts {
    private final ProviderModel target;

    public GeminiParts(ProviderModel target) {
        this.target = target;
    }

    /**
     * A part that is not a tool result; empty for what Gemini need not see: empty texts, which it refuses, and
     * thinking, whose signatures no other model or key can read.
     */
    public List<ObjectNode> write(Part part) {
        if (part instanceof Part.Text text) {
            return text.text().isEmpty() ? List.of() : List.of(text(text.text()));
        }
        if (part instanceof Part.Refusal refusal) {
            return refusal.text().isEmpty() ? List.of() : List.of(text(refusal.text()));
        }
        if (part instanceof Part.ToolCall call) {
            return List.of(functionCall(call));
        }
        if (part instanceof Part.Image image) {
            if (!target.supports(UnsupportedParameter.IMAGES)) {
                throw new UnsupportedFeatureException("images");
            }
            return List.of(GeminiMedia.image(image));
        }
        if (part instanceof Part.Document document) {
            return List.of(GeminiMedia.document(document));
        }
        if (part instanceof Part.Audio audio) {
            return List.of(GeminiMedia.audio(audio));
        }
        return List.of();
    }

    public static ObjectNode text(String text) {
        return Json.object().put("text", text);
    }

    private static ObjectNode functionCall(Part.ToolCall call) {
        GeminiTools.checkName(call.name());
        ObjectNode part = Json.object();
        part.putObject("functionCall").put("name", call.name()).set("args", arguments(call.arguments()));
        if (call.signature() != null) {
            part.put("thoughtSignature", call.signature());
        }
        return part;
    }

    /**
     * An object of whatever another model wrote: nothing becomes {@code {}}, what cannot be read is kept as
     * {@code _raw}.
     */
    public static ObjectNode arguments(String text) {
        JsonNode node = parsed(text);
        if (node != null && node.isTextual()) {
            node = parsed(node.textValue());
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        return node != null && (node.isNull() || node.isMissingNode())
                ? Json.object()
                : Json.object().put("_raw", text);
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.read(text == null ? "" : text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** @param result null for a call that was never answered: the count of responses must equal the count of calls */
    public static ObjectNode functionResponse(String name, Part.ToolResult result) {
        ObjectNode part = Json.object();
        ObjectNode response =
                part.putObject("functionResponse").put("name", name).putObject("response");
        if (result == null) {
            response.put("output", "(no result)");
        } else {
            response.put(result.error() ? "error" : "output", text(result));
        }
        return part;
    }

    /** A result that answers no call of the history, which was cut or rewritten: said in words. */
    public static String orphan(Part.ToolResult result) {
        String name = result.name() == null ? "unknown" : result.name();
        return (result.error() ? "Error of the tool " : "Result of the tool ") + name + ": " + text(result);
    }

    private static String text(Part.ToolResult result) {
        String text = Part.text(result.content(), "\n");
        return text.isEmpty() && !result.content().isEmpty() && hasMedia(result) ? "(see the attached file)" : text;
    }

    private static boolean isMedia(Part part) {
        return part instanceof Part.Image || part instanceof Part.Document || part instanceof Part.Audio;
    }

    private static boolean hasMedia(Part.ToolResult result) {
        return result.content().stream().anyMatch(GeminiParts::isMedia);
    }

    /** The images and files of a result, which stand beside the function responses. */
    public List<ObjectNode> media(Part.ToolResult result) {
        List<ObjectNode> media = new ArrayList<>();
        for (Part part : result == null ? List.<Part>of() : result.content()) {
            if (isMedia(part)) {
                media.addAll(write(part));
            }
        }
        return media;
    }
}
