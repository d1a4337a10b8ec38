package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderLimit;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.openai.OpenAiCompatibleServers;
import io.camelback.protocol.support.ReasoningWords;
import io.camelback.protocol.support.RequestMetadata;
import java.util.ArrayList;
import java.util.List;

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
        if (ProviderLimit.of(ProtocolNames.OPENAI, target.provider()).contains(ProviderLimit.NULL_FIELDS)) {
            nulls(body);
        }
        fitReasoning(body, target);
        OpenAiOriginalTools.fit(body, target);
        OpenAiCacheMarks.fitRequest(body, target);
        if (body.get("messages") instanceof ArrayNode messages) {
            ArrayNode standard = JsonNodes.map(
                    messages, message -> OpenAiCacheMarks.fit(OpenAiOriginalMessages.standard(message), target));
            body.set("messages", OpenAiOriginalMessages.fit(standard, target));
        }
        return body;
    }

    private static void nulls(ObjectNode body) {
        List<String> empty = new ArrayList<>();
        body.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                empty.add(field.getKey());
            }
        });
        body.remove(empty);
    }

    /** Where the wish for thinking was said in another maker's word, it is said as effort. */
    private static void fitReasoning(ObjectNode body, ProviderModel target) {
        ChatRequest.Effort effort = ReasoningWords.read(body);
        boolean said = JsonNodes.has(body, "reasoning_effort");
        boolean moved = ReasoningWords.fit(body, target.provider());
        boolean off = effort == ChatRequest.Effort.NONE && !OpenAiCompatibleServers.isOpenAi(target);
        if (moved && !said && effort != null && !off) {
            body.put("reasoning_effort", ChatRequestMapper.effort(effort, target));
        }
    }
}
