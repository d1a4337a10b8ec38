package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.anthropic.AnthropicArguments;
import java.util.LinkedHashMap;
import java.util.Map;

/** One content block of a stream in the making, of whatever kind: its deltas become its fields. */
final class ContentBlockAccumulator {
    private final ObjectNode block;
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final StringBuilder input = new StringBuilder();

    /** @param start the block as it began */
    ContentBlockAccumulator(ObjectNode start) {
        block = JsonNodes.copy(start);
    }

    void add(ObjectNode delta) {
        switch (delta.path("type").asText()) {
            case "input_json_delta" -> input.append(delta.path("partial_json").asText(""));
            case "signature_delta" -> block.set("signature", delta.path("signature"));
            case "citations_delta" -> append("citations", JsonNodes.array().add(delta.path("citation")));
            default ->
                JsonNodes.without(delta, "type")
                        .properties()
                        .forEach(field -> addField(field.getKey(), field.getValue()));
        }
    }

    /** Texts and lists grow, other values are replaced. */
    private void addField(String key, JsonNode value) {
        if (value.isTextual()) {
            texts.computeIfAbsent(key, any -> new StringBuilder(block.path(key).asText("")))
                    .append(value.textValue());
            block.put(key, "");
        } else if (value instanceof ArrayNode more) {
            append(key, more);
        } else {
            block.set(key, value);
        }
    }

    private void append(String key, ArrayNode more) {
        ArrayNode all = JsonNodes.array();
        if (block.get(key) instanceof ArrayNode have) {
            all.addAll(have);
        }
        block.set(key, all.addAll(more));
    }

    /** @param cut whether the answer broke off */
    ObjectNode toJson(boolean cut) {
        texts.forEach((key, text) -> block.put(key, text.toString()));
        if (!input.toString().isBlank()) {
            block.set("input", AnthropicArguments.answered(input.toString(), cut));
        }
        return block;
    }
}
