package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words in a block of Anthropic's server tools, whatever its kind: titles, addresses and texts in their order, a
 * line each. Encrypted content and ids are left out, and so is a call's input, which the result that follows makes
 * plain.
 */
final class ServerToolText {
    private static final Set<String> WORDS =
            Set.of("title", "url", "text", "content", "stdout", "stderr", "error_code");

    private ServerToolText() {}

    /** Empty when there are none. */
    static String text(JsonNode block) {
        List<String> lines = new ArrayList<>();
        collect(block, lines);
        return String.join("\n", lines);
    }

    private static void collect(JsonNode node, List<String> lines) {
        if (!(node instanceof ObjectNode object)) {
            node.forEach(element -> collect(element, lines));
            return;
        }
        boolean plain = object.path("type").asText().equals("text");
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String key = field.getKey();
            JsonNode value = field.getValue();
            if (!value.isTextual()) {
                if (!key.equals("input") && !key.equals("citations")) {
                    collect(value, lines);
                }
            } else if ((WORDS.contains(key) || plain && key.equals("data"))
                    && !value.textValue().isBlank()) {
                lines.add(value.textValue());
            }
        }
    }
}
