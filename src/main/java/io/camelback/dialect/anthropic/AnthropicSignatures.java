package io.camelback.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Json;
import io.camelback.dialect.Signatures;
import io.camelback.dialect.Wire;
import java.util.function.UnaryOperator;

/** The signature of a {@code thinking} block and the data of a {@code redacted_thinking} one. */
final class AnthropicSignatures implements Signatures {
    static final AnthropicSignatures INSTANCE = new AnthropicSignatures();

    private AnthropicSignatures() { }

    @Override
    public String home() {
        return AnthropicDialect.NAME;
    }

    @Override
    public String foreign() {
        return ThinkingMark.write(null, null);
    }

    @Override
    public ObjectNode inRequest(ObjectNode body, UnaryOperator<String> change) {
        if (!(body.get("messages") instanceof ArrayNode messages)) {
            return body;
        }
        ArrayNode changed = Wire.map(messages, message -> blocks(message, change));
        return changed == messages ? body : Wire.with(body, "messages", changed);
    }

    @Override
    public ObjectNode inAnswer(ObjectNode body, UnaryOperator<String> change) {
        ObjectNode answer = blocks(body, change);
        answer = block(answer, "content_block", change);
        return block(answer, "delta", change);
    }

    private static ObjectNode blocks(ObjectNode message, UnaryOperator<String> change) {
        if (!(message.get("content") instanceof ArrayNode blocks)) {
            return message;
        }
        ArrayNode changed = Wire.map(blocks, block -> block(block, change));
        return changed == blocks ? message : Wire.with(message, "content", changed);
    }

    private static ObjectNode block(ObjectNode event, String field, UnaryOperator<String> change) {
        if (!(event.get(field) instanceof ObjectNode block)) {
            return event;
        }
        JsonNode changed = block(block, change);
        return changed == block ? event : Wire.with(event, field, changed);
    }

    private static ObjectNode block(ObjectNode block, UnaryOperator<String> change) {
        String field = switch (block.path("type").asText()) {
            case "thinking", "signature_delta" -> "signature";
            case "redacted_thinking" -> "data";
            default -> null;
        };
        String held = field == null ? null : Json.string(block, field);
        if (held == null || held.isEmpty() || ThinkingMark.isMarked(held)) {
            return block;
        }
        String changed = change.apply(held);
        return changed.equals(held) ? block : Wire.with(block, field, changed);
    }
}
