package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One candidate of a stream in the making. Texts of a kind that follow each other become one part; signed parts stay
 * apart.
 */
final class GeminiCandidateCollector {
    private static final Set<String> TEXT = Set.of("text", "thought");
    /** Told piece by piece: their lists grow. */
    private static final Set<String> GROWING = Set.of("citationMetadata", "logprobsResult");

    private final ObjectNode fields = Json.object();
    private final ObjectNode content = Json.object();
    private final List<JsonNode> parts = new ArrayList<>();
    /** The text of the last part as long as it grows; null when the last part is no plain text. */
    private StringBuilder growing;

    void add(ObjectNode piece) {
        for (Map.Entry<String, JsonNode> field : piece.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.equals("content")) {
                value.properties().stream()
                        .filter(inner -> !inner.getKey().equals("parts"))
                        .forEach(inner -> content.set(inner.getKey(), inner.getValue()));
                value.path("parts").forEach(this::addPart);
            } else if (GROWING.contains(name)
                    && value.isObject()
                    && fields.path(name).isObject()) {
                fields.set(name, grown((ObjectNode) fields.get(name), (ObjectNode) value));
            } else if (!value.isNull() || !fields.has(name)) {
                fields.set(name, value);
            }
        }
    }

    private static ObjectNode grown(ObjectNode known, ObjectNode more) {
        ObjectNode grown = Json.object();
        grown.setAll(known);
        more.properties().forEach(field -> {
            boolean lists =
                    field.getValue().isArray() && known.path(field.getKey()).isArray();
            grown.set(
                    field.getKey(),
                    lists
                            ? grown.arrayNode()
                                    .addAll((ArrayNode) known.get(field.getKey()))
                                    .addAll((ArrayNode) field.getValue())
                            : field.getValue());
        });
        return grown;
    }

    private void addPart(JsonNode part) {
        boolean plain = part.path("text").isTextual();
        for (Map.Entry<String, JsonNode> field : part.properties()) {
            plain &= TEXT.contains(field.getKey());
        }
        if (!plain) {
            closeText();
            parts.add(part);
            return;
        }
        String text = part.get("text").textValue();
        boolean same = growing != null
                && parts.get(parts.size() - 1).path("thought").asBoolean()
                        == part.path("thought").asBoolean();
        if (same) {
            growing.append(text);
        } else if (!text.isEmpty()) {
            closeText();
            growing = new StringBuilder(text);
            parts.add(part);
        }
    }

    private void closeText() {
        if (growing == null) {
            return;
        }
        int last = parts.size() - 1;
        ObjectNode whole = Json.object();
        whole.setAll((ObjectNode) parts.get(last));
        parts.set(last, whole.put("text", growing.toString()));
        growing = null;
    }

    ObjectNode toJson() {
        closeText();
        ObjectNode node = Json.object();
        if (!parts.isEmpty() || !content.isEmpty()) {
            ObjectNode whole = node.putObject("content");
            if (!parts.isEmpty()) {
                whole.putArray("parts").addAll(parts);
            }
            whole.setAll(content);
        }
        node.setAll(fields);
        return node;
    }
}
