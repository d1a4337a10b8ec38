package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.List;
import java.util.Set;

/** The system messages at the start of a conversation, and lines of ours after what they say. */
final class SystemMessageLines {
    private static final Set<String> SYSTEM = Set.of("system", "developer");

    private SystemMessageLines() {}

    static boolean isSystem(JsonNode message) {
        return SYSTEM.contains(message.path("role").asText());
    }

    /** The conversation with the lines after what the system messages at its start say. */
    static ArrayNode add(ArrayNode messages, List<String> lines) {
        if (lines.isEmpty()) {
            return messages;
        }
        String text = String.join("\n", lines);
        int leading = 0;
        while (leading < messages.size() && isSystem(messages.get(leading))) {
            leading++;
        }
        ArrayNode result = JsonNodes.array().addAll(messages);
        if (leading == 0) {
            return result.insert(0, Json.object().put("role", "system").put("content", text));
        }
        result.set(leading - 1, appended((ObjectNode) messages.get(leading - 1), text));
        return result;
    }

    private static ObjectNode appended(ObjectNode message, String text) {
        if (message.get("content") instanceof ArrayNode parts) {
            ArrayNode longer = JsonNodes.array().addAll(parts);
            return JsonNodes.with(
                    message,
                    "content",
                    longer.add(Json.object().put("type", "text").put("text", text)));
        }
        String said = message.path("content").asText("");
        return JsonNodes.with(message, "content", said.isEmpty() ? text : said + "\n\n" + text);
    }
}
