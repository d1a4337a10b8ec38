package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.DataUrl;
import java.util.ArrayList;
import java.util.List;

/**
 * What Messages servers refuse in the content of a caller's own turns: texts that are empty or blank, which once shown
 * stay in a client's history for ever, and pictures labelled as what they are not. All else stays the very same node:
 * thinking and prompt caches are bound to it.
 *
 * @see <a href="https://github.com/anthropics/claude-code/issues/88536">Claude Code, on empty texts</a>
 * @see <a href="https://github.com/BerriAI/litellm/issues/24900">labels of pictures</a>
 */
final class AnthropicBlankText {
    private static final String CONTENT = "content";
    private static final String TYPE = "type";

    private AnthropicBlankText() {}

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body) {
        JsonNode system = body.path("system");
        if (system instanceof ArrayNode blocks) {
            ArrayNode kept = blocks(blocks);
            if (kept.isEmpty()) {
                body.remove("system");
            } else if (kept != blocks) {
                body.set("system", kept);
            }
        } else if (system.isTextual() && system.textValue().isBlank()) {
            body.remove("system");
        }
        if (body.get("messages") instanceof ArrayNode messages) {
            ArrayNode kept = JsonNodes.map(messages, AnthropicBlankText::message);
            if (kept != messages && !kept.isEmpty()) {
                body.set("messages", kept);
            }
        }
    }

    /** Null for a turn of which nothing is left. */
    private static ObjectNode message(ObjectNode message) {
        JsonNode content = message.path(CONTENT);
        if (content instanceof ArrayNode blocks) {
            ArrayNode kept = blocks(blocks);
            return kept.isEmpty() ? null : kept == blocks ? message : JsonNodes.with(message, CONTENT, kept);
        }
        return content.isTextual() && content.textValue().isBlank() ? null : message;
    }

    /** The same array when there is nothing to mend. A mark on a block that goes moves to the block before it. */
    private static ArrayNode blocks(ArrayNode blocks) {
        List<JsonNode> kept = new ArrayList<>();
        boolean changed = false;
        for (JsonNode block : blocks) {
            if (isBlank(block)) {
                changed = true;
                JsonNode mark = block.path(CacheControlFields.FIELD);
                int last = kept.size() - 1;
                if (mark.isObject() && last >= 0 && isMarkable(kept.get(last))) {
                    kept.set(last, JsonNodes.with((ObjectNode) kept.get(last), CacheControlFields.FIELD, mark));
                }
                continue;
            }
            JsonNode fitted = block instanceof ObjectNode object ? block(object) : block;
            changed |= fitted != block;
            kept.add(fitted);
        }
        return changed ? JsonNodes.array().addAll(kept) : blocks;
    }

    private static boolean isBlank(JsonNode block) {
        return block.path(TYPE).asText().equals("text")
                && block.path("text").asText("").isBlank();
    }

    /** Thinking cannot be marked. */
    private static boolean isMarkable(JsonNode block) {
        return block instanceof ObjectNode
                && !block.path(TYPE).asText().contains("thinking")
                && !block.has(CacheControlFields.FIELD);
    }

    private static ObjectNode block(ObjectNode block) {
        return switch (block.path(TYPE).asText()) {
            case "tool_result" -> result(block);
            case "image" -> image(block);
            default -> block;
        };
    }

    private static ObjectNode result(ObjectNode given) {
        ObjectNode block = JsonNodes.withoutNulls(given);
        JsonNode content = block.path(CONTENT);
        if (content instanceof ArrayNode blocks) {
            ArrayNode kept = blocks(blocks);
            return kept == blocks && !kept.isEmpty()
                    ? block
                    : kept.isEmpty() ? JsonNodes.without(block, CONTENT) : JsonNodes.with(block, CONTENT, kept);
        }
        return content.isTextual() && content.textValue().isBlank() ? JsonNodes.without(block, CONTENT) : block;
    }

    private static ObjectNode image(ObjectNode block) {
        JsonNode source = block.path("source");
        if (!source.path(TYPE).asText().equals("base64") || !source.path("data").isTextual()) {
            return block;
        }
        String said = source.path("media_type").asText("");
        String type = DataUrl.imageType(
                said.equalsIgnoreCase("image/jpg") ? "image/jpeg" : said,
                source.get("data").textValue());
        return type.equals(said)
                ? block
                : JsonNodes.with(block, "source", JsonNodes.with((ObjectNode) source, "media_type", Json.of(type)));
    }
}
