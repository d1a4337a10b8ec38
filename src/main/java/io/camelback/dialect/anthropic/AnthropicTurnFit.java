package io.camelback.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Wire;

/** Turns of a kind that the target refuses, said another way. Turns of any other kind stay the very same nodes. */
final class AnthropicTurnFit {
    private AnthropicTurnFit() { }

    static void fit(ObjectNode body, Target target) {
        if (!(body.get("messages") instanceof ArrayNode messages)) {
            return;
        }
        ArrayNode fitted = target.takes(Refusal.LATE_SYSTEM) ? messages : Wire.map(messages, AnthropicTurnFit::reminder);
        boolean prefill = fitted.path(fitted.size() - 1).path("role").asText().equals("assistant");
        if (prefill && !target.takes(Refusal.PREFILL)) {
            fitted = Wire.array().addAll(fitted);
            fitted.addObject().put("role", "user").put("content", AnthropicMessages.GO_ON);
        }
        if (fitted != messages) {
            body.set("messages", fitted);
        }
    }

    private static ObjectNode reminder(ObjectNode message) {
        if (!message.path("role").asText().equals("system")) {
            return message;
        }
        ObjectNode turn = Wire.with(message, "role", "user");
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            return turn.put("content", AnthropicMessages.reminder(content.textValue()));
        }
        if (content instanceof ArrayNode blocks) {
            turn.set("content", Wire.map(blocks,
                    block -> Wire.with(block, "text", AnthropicMessages.reminder(block.path("text").asText()))));
        }
        return turn;
    }
}
