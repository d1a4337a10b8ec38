package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.SignatureLocator;
import io.camelback.protocol.anthropic.ForeignThinkingToken;
import java.util.function.UnaryOperator;

/** The signature of a {@code thinking} block and the data of a {@code redacted_thinking} one. */
final class AnthropicSignatureLocator implements SignatureLocator {
    static final AnthropicSignatureLocator INSTANCE = new AnthropicSignatureLocator();

    private AnthropicSignatureLocator() {}

    @Override
    public String home() {
        return ProtocolNames.ANTHROPIC;
    }

    @Override
    public String foreign() {
        return ForeignThinkingToken.write(null, null);
    }

    @Override
    public ObjectNode inRequest(ObjectNode body, UnaryOperator<String> change) {
        return JsonNodes.mapArray(body, "messages", message -> blocks(message, change));
    }

    @Override
    public ObjectNode inAnswer(ObjectNode body, UnaryOperator<String> change) {
        ObjectNode answer = blocks(body, change);
        answer = JsonNodes.mapObject(answer, "content_block", block -> block(block, change));
        return JsonNodes.mapObject(answer, "delta", block -> block(block, change));
    }

    private static ObjectNode blocks(ObjectNode message, UnaryOperator<String> change) {
        return JsonNodes.mapArray(message, "content", block -> block(block, change));
    }

    private static ObjectNode block(ObjectNode block, UnaryOperator<String> change) {
        String field = switch (block.path("type").asText()) {
            case "thinking", "signature_delta" -> "signature";
            case "redacted_thinking" -> "data";
            default -> null;
        };
        String held = field == null ? null : Json.string(block, field);
        if (held == null || held.isEmpty() || ForeignThinkingToken.isMarked(held)) {
            return block;
        }
        String changed = change.apply(held);
        return changed.equals(held) ? block : JsonNodes.with(block, field, changed);
    }
}
