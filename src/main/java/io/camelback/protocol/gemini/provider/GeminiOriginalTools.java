package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.gemini.GeminiFields;
import io.camelback.protocol.support.UniqueTools;

/** A caller's own tools without those that are none; and without any, no choice among them. */
final class GeminiOriginalTools {
    private GeminiOriginalTools() {}

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body) {
        if (body.get("tools") instanceof ArrayNode tools) {
            ArrayNode kept = JsonNodes.map(once(tools), tool -> isEmpty(tool) ? null : tool);
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

    private static ArrayNode once(ArrayNode tools) {
        UniqueTools unique = new UniqueTools(declaration -> JsonNodes.text(declaration, "name"));
        tools.forEach(tool -> {
            if (tool instanceof ObjectNode object && object.get(declarations(object)) instanceof ArrayNode list) {
                unique.see(list);
            }
        });
        return JsonNodes.map(tools, tool -> {
            String field = declarations(tool);
            if (!(tool.get(field) instanceof ArrayNode list)) {
                return tool;
            }
            ArrayNode kept = unique.fit(list);
            return kept == list ? tool : JsonNodes.with(tool, field, kept);
        });
    }

    private static String declarations(ObjectNode tool) {
        return GeminiFields.key(tool, "functionDeclarations");
    }

    private static boolean isEmpty(ObjectNode tool) {
        boolean empty = true;
        for (JsonNode held : tool) {
            empty &= held.isNull() || held.isArray() && held.isEmpty();
        }
        return empty;
    }
}
