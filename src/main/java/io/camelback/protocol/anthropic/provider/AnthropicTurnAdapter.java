package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;

/** Turns of a kind that the target refuses, said another way. Turns of any other kind stay the very same nodes. */
final class AnthropicTurnAdapter {
    private AnthropicTurnAdapter() {}

    /** @param first who said the first of the caller's own turns: where that had to go, the user still begins */
    static void fit(ObjectNode body, ProviderModel target, String first) {
        if (!(body.get("messages") instanceof ArrayNode messages)) {
            return;
        }
        ArrayNode fitted = target.supports(UnsupportedParameter.LATE_SYSTEM)
                ? messages
                : JsonNodes.map(messages, AnthropicTurnAdapter::reminder);
        boolean prefill = fitted.path(fitted.size() - 1).path("role").asText().equals("assistant");
        if (prefill && !target.supports(UnsupportedParameter.PREFILL)) {
            fitted = JsonNodes.array().addAll(fitted);
            fitted.addObject().put("role", "user").put("content", AnthropicMessages.GO_ON);
        }
        if (prefill && target.supports(UnsupportedParameter.PREFILL)) {
            fitted = withoutTrail(fitted);
        }
        if (first.equals("user") && !fitted.path(0).path("role").asText("user").equals("user")) {
            fitted = JsonNodes.array()
                    .add(Json.object().put("role", "user").put("content", "."))
                    .addAll(fitted);
        }
        if (fitted != messages) {
            body.set("messages", fitted);
        }
    }

    /** White space at the end of a turn that shall be gone on from is a 400. */
    private static ArrayNode withoutTrail(ArrayNode messages) {
        int last = messages.size() - 1;
        ObjectNode turn = (ObjectNode) messages.get(last);
        ObjectNode fitted = turn;
        if (turn.get("content") instanceof ArrayNode blocks
                && blocks.path(blocks.size() - 1) instanceof ObjectNode block
                && block.path("text").isTextual()) {
            ArrayNode kept = JsonNodes.array().addAll(blocks);
            kept.set(blocks.size() - 1, stripped(block, "text"));
            fitted = kept.get(blocks.size() - 1) == block ? turn : JsonNodes.with(turn, "content", kept);
        } else if (turn.path("content").isTextual()) {
            fitted = stripped(turn, "content");
        }
        if (fitted == turn) {
            return messages;
        }
        ArrayNode result = JsonNodes.array().addAll(messages);
        result.set(last, fitted);
        return result;
    }

    private static ObjectNode stripped(ObjectNode holder, String field) {
        String text = holder.get(field).textValue();
        return text.equals(text.stripTrailing()) ? holder : JsonNodes.with(holder, field, text.stripTrailing());
    }

    private static ObjectNode reminder(ObjectNode message) {
        if (!message.path("role").asText().equals("system")) {
            return message;
        }
        ObjectNode turn = JsonNodes.with(message, "role", "user");
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            return turn.put("content", AnthropicMessages.reminder(content.textValue()));
        }
        if (content instanceof ArrayNode blocks) {
            turn.set(
                    "content",
                    JsonNodes.map(
                            blocks,
                            block -> JsonNodes.with(
                                    block,
                                    "text",
                                    AnthropicMessages.reminder(
                                            block.path("text").asText()))));
        }
        return turn;
    }
}
