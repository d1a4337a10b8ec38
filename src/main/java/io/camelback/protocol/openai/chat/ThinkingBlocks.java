package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code thinking_blocks}: Anthropic's blocks on an OpenAI message, as LiteLLM and its clients carry them. They keep
 * the signatures that Anthropic wants back with a tool's result (docs/wire-formats.md 2.3).
 */
public final class ThinkingBlocks {
    static final String ORIGIN = "anthropic";

    private ThinkingBlocks() {}

    static ObjectNode signed(String thinking, String signature) {
        return Json.object().put("type", "thinking").put("thinking", thinking).put("signature", signature);
    }

    static ObjectNode redacted(String data) {
        return Json.object().put("type", "redacted_thinking").put("data", data);
    }

    public static List<Part> read(JsonNode blocks) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode block : blocks) {
            String data = JsonNodes.text(block, "data");
            if (data != null) {
                parts.add(new Part.Thinking("", null, data, ORIGIN));
            } else if (block.has("thinking")) {
                parts.add(new Part.Thinking(
                        block.path("thinking").asText(""), JsonNodes.text(block, "signature"), null, ORIGIN));
            }
        }
        return parts;
    }
}
