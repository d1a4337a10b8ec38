package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderLimit;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.openai.OpenAiSharedFields;
import io.camelback.protocol.openai.responses.GeneratedImageItem;
import io.camelback.protocol.openai.responses.ReasoningState;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.ReasoningWords;
import io.camelback.protocol.support.RequestMetadata;
import io.camelback.protocol.support.UniqueIds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The caller's body for another server of the same dialect: unknown fields, key order and the spelling of numbers stay.
 * Left out are routing hints, and reasoning that this server would answer with a 400: another provider's, reasoning
 * without its encrypted content where nothing is stored, and reasoning without the item it led to
 * (docs/wire-formats.md, traps 12 and 14).
 */
final class ResponsesPassThrough {
    private static final Set<String> ANSWERED = Set.of("function_call", "custom_tool_call", "message");

    private static final String REASONING = "reasoning";

    private ResponsesPassThrough() {}

    /** A new object whose own fields may be replaced; what they hold is still the caller's. */
    static ObjectNode body(ObjectNode original, ProviderModel target) {
        ObjectNode body = JsonNodes.copy(original);
        RequestMetadata.withoutHints(body);
        fitReasoning(body, target);
        if (body.path("tools").isEmpty() && CallerTools.of(body).entries().isEmpty()) {
            body.remove("tools");
            body.remove("tool_choice");
            body.remove("parallel_tool_calls");
        }
        if (body.get("tools") instanceof ArrayNode tools) {
            body.set("tools", OpenAiSharedFields.fitTools(tools, target, ProtocolNames.RESPONSES, null));
        }
        if (!ResponsesRequestAdapter.isOpenAi(target)) {
            ToolItemAdapter.fit(body);
        }
        if (body.get("input") instanceof ArrayNode items) {
            ArrayNode kept = input(items, body.path("store").asBoolean(false));
            UniqueIds ids = new UniqueIds();
            Map<String, String> sent = new HashMap<>();
            body.set("input", JsonNodes.map(kept, item -> identified(fitted(item, target), ids, sent)));
        }
        return body;
    }

    /**
     * Servers that count their calls anew in every answer leave one id to several calls of a history.
     *
     * @param sent the id of the latest call that the caller knows by an id
     */
    private static ObjectNode identified(ObjectNode item, UniqueIds ids, Map<String, String> sent) {
        String id = Json.string(item, "call_id");
        if (id == null) {
            return item;
        }
        if (item.path("type").asText().endsWith("_call")) {
            sent.put(id, ids.of(id));
        }
        String own = sent.getOrDefault(id, id);
        return own.equals(id) ? item : JsonNodes.with(item, "call_id", own);
    }

    /** A wish for thinking in another maker's word is said as effort, where that word is refused. */
    private static void fitReasoning(ObjectNode body, ProviderModel target) {
        if (!ProviderLimit.of(ProtocolNames.RESPONSES, target.provider()).contains(ProviderLimit.FOREIGN_REASONING)) {
            return;
        }
        ChatRequest.Effort effort = ReasoningWords.any(body);
        ReasoningWords.remove(body, Set.of(REASONING));
        ObjectNode given = body.get(REASONING) instanceof ObjectNode reasoning ? reasoning : Json.object();
        ObjectNode own = JsonNodes.without(given, "max_tokens", "enabled", "exclude");
        if (effort != null && !JsonNodes.has(own, "effort")) {
            own = JsonNodes.with(own, "effort", ResponsesRequestMapper.effort(effort));
        }
        if (own.isEmpty()) {
            body.remove(REASONING);
        } else if (own != given) {
            body.set(REASONING, own);
        }
    }

    private static ObjectNode fitted(ObjectNode item, ProviderModel target) {
        String id = Json.string(item, "call_id");
        ObjectNode result = id == null || id.length() <= ResponsesItems.MAX_CALL_ID
                ? item
                : JsonNodes.with(item, "call_id", ResponsesItems.callId(id));
        boolean plain = !ResponsesRequestAdapter.isOpenAi(target)
                && item.path("role").asText().equals("assistant")
                && item.get("content") instanceof ArrayNode parts
                && !parts.isEmpty()
                && isBareText(item, parts);
        return plain
                ? JsonNodes.with(
                        result, "content", String.join("", item.get("content").findValuesAsText("text")))
                : result;
    }

    /** Text without what a server that checks the schema wants beside it. */
    private static boolean isBareText(ObjectNode item, ArrayNode parts) {
        boolean bare = !JsonNodes.has(item, "id") || !JsonNodes.has(item, "status");
        for (JsonNode part : parts) {
            if (!part.path("type").asText().equals("output_text")) {
                return false;
            }
            bare |= !JsonNodes.has(part, "annotations");
        }
        return bare;
    }

    private static ArrayNode input(ArrayNode items, boolean stored) {
        Deque<JsonNode> kept = new ArrayDeque<>();
        boolean stripped = false;
        for (int i = items.size() - 1; i >= 0; i--) {
            JsonNode item = items.get(i);
            if (item.path("id").asText().startsWith(GeneratedImageItem.MADE)) {
                continue;
            }
            if (!isReasoning(item)) {
                kept.addFirst(item);
            } else if (isUsable(item, stored) && !kept.isEmpty() && followsReasoning(kept.getFirst())) {
                kept.addFirst(
                        JsonNodes.text(item, "id") != null && isMade(item)
                                ? JsonNodes.without((ObjectNode) item, "id")
                                : item);
            } else {
                stripped = true;
            }
        }
        ArrayNode result = JsonNodes.array().addAll(kept);
        return stripped ? JsonNodes.map(result, ResponsesPassThrough::withoutId) : result;
    }

    private static boolean isReasoning(JsonNode item) {
        return item.path("type").asText().equals("reasoning");
    }

    private static boolean isUsable(JsonNode item, boolean stored) {
        String encrypted = JsonNodes.text(item, "encrypted_content");
        if (encrypted != null) {
            return !ReasoningState.isForeign(encrypted);
        }
        return stored && JsonNodes.text(item, "id") != null && !isMade(item);
    }

    private static boolean isMade(JsonNode item) {
        return item.path("id").asText().startsWith(ReasoningState.MADE);
    }

    private static boolean followsReasoning(JsonNode item) {
        String type = item.path("type").asText("message");
        return type.equals("message") ? item.path("role").asText().equals("assistant") : !type.endsWith("_output");
    }

    /** By an item's id OpenAI knows that it came with reasoning, and demands that, too. */
    private static ObjectNode withoutId(ObjectNode item) {
        String type = item.path("type").asText();
        boolean said = ANSWERED.contains(type)
                && !item.path("role").asText("assistant").matches("user|system|developer");
        return said ? JsonNodes.without(item, "id") : item;
    }
}
