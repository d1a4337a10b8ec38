package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.anthropic.AnthropicUsage;
import io.camelback.protocol.anthropic.ForeignThinkingToken;

/** The pieces that answers and streams for callers have in common (docs/wire-formats.md 2.1, 3.2). */
final class AnthropicJson {
    private AnthropicJson() {}

    /**
     * A message without content that has not stopped.
     *
     * @param requestId may be the caller's own, so only harmless characters are taken
     */
    static ObjectNode message(String requestId, String model, Usage usage) {
        ObjectNode message = Json.object()
                .put("id", "msg_" + String.valueOf(requestId).replaceAll("[^A-Za-z0-9_-]", ""))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        message.putArray("content");
        message.putNull("stop_reason")
                .putNull("stop_sequence")
                .putNull("stop_details")
                .putNull("container");
        message.set("usage", AnthropicUsage.write(usage));
        return message;
    }

    static ObjectNode thinking(String text, String signature) {
        return Json.object().put("type", "thinking").put("thinking", text).put("signature", signature);
    }

    static ObjectNode redacted(String data, String origin) {
        return Json.object().put("type", "redacted_thinking").put("data", proof(data, origin));
    }

    static ObjectNode toolUse(String id, String name, ObjectNode input) {
        ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        block.set("input", input);
        return block;
    }

    /** A signature or encrypted block as a caller gets it: Anthropic's own as it is, any other marked. */
    static String proof(String signature, String origin) {
        boolean own = ProtocolNames.ANTHROPIC.equals(origin) && signature != null && !signature.isEmpty();
        return own ? signature : ForeignThinkingToken.write(origin, signature);
    }
}
