package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.openai.ContentPartReader;
import io.camelback.protocol.openai.OpenAiCompatibleServers;
import io.camelback.protocol.support.RequestMetadata;

/**
 * The caller's body for another server of the same dialect: unknown fields, key order and the spelling of numbers stay,
 * so that prompt caches still hit. Left out are hints that only their addressee understands: {@code metadata} and
 * {@code store} are OpenAI's, labels for our own routing are nobody's, and the token ids of {@code logit_bias} mean
 * other words to another model.
 */
final class OpenAiPassThrough {
    private OpenAiPassThrough() {}

    /** A new object whose own fields may be replaced; what they hold is still the caller's. */
    static ObjectNode body(ObjectNode original, ProviderModel target) {
        ObjectNode body = JsonNodes.copy(original);
        if (OpenAiCompatibleServers.isOpenAi(target)) {
            RequestMetadata.withoutHints(body);
        } else {
            body.remove("metadata");
            body.remove("store");
            if (!target.model().equals(Json.string(original, "model"))) {
                body.remove("logit_bias");
            }
        }
        if (body.path("tools").isArray() && body.path("tools").isEmpty()) {
            body.remove("tools");
            body.remove("tool_choice");
            body.remove("parallel_tool_calls");
        }
        OpenAiCacheMarks.fitRequest(body, target);
        if (body.get("messages") instanceof ArrayNode messages) {
            body.set("messages", JsonNodes.map(messages, message -> OpenAiCacheMarks.fit(standard(message), target)));
        }
        return body;
    }

    private static ObjectNode standard(ObjectNode message) {
        if (!(message.get("content") instanceof ArrayNode parts)) {
            return message;
        }
        ArrayNode standard = JsonNodes.map(parts, ContentPartReader::chat);
        return standard == parts ? message : JsonNodes.with(message, "content", standard);
    }
}
