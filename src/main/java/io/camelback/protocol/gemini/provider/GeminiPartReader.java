package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.gemini.GeminiCallIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the parts of an answer or of one chunk of it. Counts the calls it has read, to name those that come without an
 * id: the same answer always gets the same ids.
 */
final class GeminiPartReader {
    /** What is told of a part beside what it says. */
    private static final Set<String> MARKS = Set.of("thought", "thoughtSignature", "partMetadata", "mediaResolution");

    private int calls;

    /** @param responseId null when the provider gave none */
    List<Part> read(JsonNode candidate, String responseId) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode node : candidate.path("content").path("parts")) {
            Part part = part(node, responseId);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Null for a part that says nothing. */
    private Part part(JsonNode node, String responseId) {
        String signature = Json.string(node, "thoughtSignature");
        if (node.path("functionCall").isObject()) {
            return call(node.get("functionCall"), signature, responseId);
        }
        String text = Json.string(node, "text");
        if (text == null) {
            return other(node);
        }
        if (text.isEmpty() && signature == null) {
            return null;
        }
        boolean thought = node.path("thought").asBoolean() || text.isEmpty();
        return thought ? new Part.Thinking(text, signature, null, ProtocolNames.GEMINI) : new Part.Text(text);
    }

    /** Images are shown to any caller; sounds, code that was run and the like, to those of this dialect. */
    private static Part other(JsonNode node) {
        JsonNode inline = node.path("inlineData");
        String type = Json.string(inline, "mimeType");
        String data = Json.string(inline, "data");
        if (type != null
                && type.startsWith("image/")
                && data != null
                && !node.path("thought").asBoolean()) {
            return new Part.Image(new Part.Media.Inline(type, data), null);
        }
        return node instanceof ObjectNode object && says(object) ? new Part.Opaque(ProtocolNames.GEMINI, object) : null;
    }

    private static boolean says(ObjectNode part) {
        for (Map.Entry<String, JsonNode> field : part.properties()) {
            if (!MARKS.contains(field.getKey()) && !field.getValue().isNull()) {
                return true;
            }
        }
        return false;
    }

    private Part.ToolCall call(JsonNode call, String signature, String responseId) {
        String name = Json.string(call, "name");
        if (name == null || name.isEmpty()) {
            throw new MalformedResponseException("a function call without a name");
        }
        String arguments = call.path("args").isObject() ? Json.text(call.get("args")) : "{}";
        String id = Json.string(call, "id");
        int number = calls++;
        if (id == null || id.isEmpty()) {
            id = GeminiCallIds.id(responseId == null ? arguments : responseId, name, number);
        }
        return new Part.ToolCall(id, name, arguments, signature);
    }
}
