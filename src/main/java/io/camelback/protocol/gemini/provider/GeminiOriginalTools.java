package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.gemini.GeminiFields;

/** A caller's own tools without those that are none; and without any, no choice among them. */
final class GeminiOriginalTools {
    private GeminiOriginalTools() {}

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body) {
        if (body.get("tools") instanceof ArrayNode tools) {
            ArrayNode kept = JsonNodes.map(tools, tool -> isEmpty(tool) ? null : tool);
            if (kept.isEmpty()) {
                body.remove("tools");
            } else if (kept != tools) {
                body.set("tools", kept);
            }
        }
        if (!body.has("tools")) {
            String field = GeminiFields.key(body, "toolConfig");
            if (body.get(field) instanceof ObjectNode config) {
                ObjectNode rest = JsonNodes.without(config, GeminiFields.key(config, "functionCallingConfig"));
                if (rest.isEmpty()) {
                    body.remove(field);
                } else if (rest != config) {
                    body.set(field, rest);
                }
            }
        }
    }

    private static boolean isEmpty(ObjectNode tool) {
        boolean empty = true;
        for (JsonNode held : tool) {
            empty &= held.isNull() || held.isArray() && held.isEmpty();
        }
        return empty;
    }
}
