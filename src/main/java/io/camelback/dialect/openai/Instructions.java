package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Json;
import java.util.List;
import java.util.Set;

/** Says in words what a target has no field for. */
public final class Instructions {
    /** For JSON mode. */
    public static final String JSON = "Answer with one JSON object and nothing else: no code fence, no text around it.";
    /** For a tool choice that demands any call. */
    public static final String ANY_TOOL = "You must call at least one of the tools. Do not answer without calling one.";
    /** For a conversation that ends with the assistant's turn. */
    public static final String GO_ON = "Go on from exactly where you stopped.";
    private static final Set<String> SYSTEM = Set.of("system", "developer");

    private Instructions() { }

    /** For an answer that must obey a schema. */
    public static String schema(JsonNode schema) {
        return JSON + " It must obey this JSON Schema: " + Json.text(schema);
    }

    /** For a tool choice that demands one tool. */
    public static String tool(String name) {
        return "You must call the tool " + name + ". Do not answer without calling it.";
    }

    /** A system message after the first turn, for a target that knows none there. */
    public static String late(String text) {
        return "<system-reminder>\n" + text + "\n</system-reminder>";
    }

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
        ArrayNode result = Wire.array().addAll(messages);
        if (leading == 0) {
            return result.insert(0, Json.object().put("role", "system").put("content", text));
        }
        result.set(leading - 1, appended((ObjectNode) messages.get(leading - 1), text));
        return result;
    }

    private static ObjectNode appended(ObjectNode message, String text) {
        if (message.get("content") instanceof ArrayNode parts) {
            ArrayNode longer = Wire.array().addAll(parts);
            return Wire.with(message, "content", longer.add(Json.object().put("type", "text").put("text", text)));
        }
        String said = message.path("content").asText("");
        return Wire.with(message, "content", said.isEmpty() ? text : said + "\n\n" + text);
    }
}
