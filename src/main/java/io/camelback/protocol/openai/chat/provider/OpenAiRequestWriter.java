package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderLimit;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.feature.RequiredFeatures;

/**
 * Writes a request for one target: the caller's own body where it was received in this dialect, else one made of the
 * neutral request. Either is then fitted to what the target takes.
 */
final class OpenAiRequestWriter {
    private OpenAiRequestWriter() {}

    static ObjectNode write(ChatRequest request, ProviderModel target, boolean stream) {
        RequiredFeatures.check(request, target);
        ChatRequest.Original original = request.original();
        boolean passThrough = isOwn(original) && !retells(request, target);
        ObjectNode body =
                passThrough ? OpenAiPassThrough.body(original.body(), target) : ChatRequestMapper.body(request, target);
        body.put("model", target.model());
        setStream(body, target, stream);
        OpenAiRequestAdapter.fit(body, target);
        return body;
    }

    private static boolean isOwn(ChatRequest.Original original) {
        return original != null && ProtocolNames.OPENAI.equals(original.dialect());
    }

    /**
     * Whether a caller's own body is said with free-form tools or the old functions, which only OpenAI has: other
     * servers are offered functions in their place.
     */
    static boolean retells(ChatRequest request, ProviderModel target) {
        if (!isOwn(request.original())
                || !ProviderLimit.of(ProtocolNames.OPENAI, target.provider()).contains(ProviderLimit.UNKNOWN_FIELDS)) {
            return false;
        }
        ObjectNode body = request.original().body();
        boolean old = !body.path("functions").isEmpty() || hasCustom(body.path("tools"));
        for (JsonNode message : body.path("messages")) {
            old |= message.path("function_call").isObject()
                    || message.path("role").asText().equals("function")
                    || hasCustom(message.path("tool_calls"));
        }
        return old;
    }

    private static boolean hasCustom(JsonNode list) {
        for (JsonNode one : list) {
            if (one.path("type").asText().equals("custom")) {
                return true;
            }
        }
        return false;
    }

    private static void setStream(ObjectNode body, ProviderModel target, boolean stream) {
        if (stream || body.has("stream")) {
            body.put("stream", stream);
        }
        if (stream && target.supports(UnsupportedParameter.STREAM_OPTIONS)) {
            ObjectNode options =
                    body.get("stream_options") instanceof ObjectNode given ? JsonNodes.copy(given) : Json.object();
            body.set("stream_options", options.put("include_usage", true));
        } else {
            body.remove("stream_options");
        }
    }
}
