package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StableId;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.openai.OpenAiCompatibleServers;
import io.camelback.protocol.support.PromptInstructions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Fits the conversation to a target. Messages without anything the target refuses stay the very same nodes. */
final class OpenAiMessageAdapter {
    private final ProviderModel target;
    private boolean opened;

    private OpenAiMessageAdapter(ProviderModel target) {
        this.target = target;
    }

    static ArrayNode fit(ArrayNode messages, ProviderModel target, List<String> instructions) {
        ArrayNode fitted =
                SystemMessageLines.add(JsonNodes.map(messages, new OpenAiMessageAdapter(target)::fit), instructions);
        JsonNode last = fitted.path(fitted.size() - 1);
        boolean prefill = last.path("role").asText().equals("assistant")
                && last.path("tool_calls").isEmpty();
        if (prefill && !target.supports(UnsupportedParameter.PREFILL)) {
            fitted = JsonNodes.array()
                    .addAll(fitted)
                    .add(Json.object().put("role", "user").put("content", PromptInstructions.GO_ON));
        }
        return fitted;
    }

    private ObjectNode fit(ObjectNode message) {
        boolean system = SystemMessageLines.isSystem(message);
        if (system && opened && !target.supports(UnsupportedParameter.LATE_SYSTEM)) {
            return Json.object()
                    .put("role", "user")
                    .put("content", PromptInstructions.late(text(message.path("content"))));
        }
        opened |= !system;
        ObjectNode result = message;
        String role = message.path("role").asText();
        if (role.equals("developer") && !target.supports(UnsupportedParameter.DEVELOPER_ROLE)) {
            result = JsonNodes.with(result, "role", "system");
        }
        if (!target.supports(UnsupportedParameter.MESSAGE_NAME) && !role.equals("tool") && !role.equals("function")) {
            result = JsonNodes.without(result, "name");
        }
        if (OpenAiCompatibleServers.strictMessages(target)) {
            result = strict(result);
        }
        result = OpenAiCompatibleServers.isMistral(target) ? shortIds(result) : fittingIds(result);
        return OpenAiCompatibleServers.isDeepSeek(target) ? withReasoning(result) : result;
    }

    /** What other servers told the caller, and what it sends back in good faith. */
    private static ObjectNode strict(ObjectNode message) {
        ObjectNode result =
                JsonNodes.without(message, "reasoning_content", "reasoning", "reasoning_details", "thinking_blocks");
        return calls(result, call -> withoutExtra(JsonNodes.without(call, "extra_content")));
    }

    /** See {@link io.camelback.protocol.openai.chat.OpenAiStreamReader#signature}. */
    private static ObjectNode withoutExtra(ObjectNode call) {
        return call.path("function").has("extra_content")
                ? JsonNodes.with(
                        call, "function", JsonNodes.without((ObjectNode) call.get("function"), "extra_content"))
                : call;
    }

    private static ObjectNode shortIds(ObjectNode message) {
        ObjectNode result = calls(message, call -> withShortId(call, "id"));
        return withShortId(result, "tool_call_id");
    }

    /** OpenAI's Chat Completions takes ids of up to 40 characters, other makers' are longer. */
    private static ObjectNode fittingIds(ObjectNode message) {
        ObjectNode result = calls(message, call -> OpenAiOriginalMessages.shortId(call, "id"));
        return OpenAiOriginalMessages.shortId(result, "tool_call_id");
    }

    private static ObjectNode withShortId(ObjectNode node, String field) {
        String id = Json.string(node, field);
        if (id == null || StableId.mistral(id).equals(id)) {
            return node;
        }
        return JsonNodes.with(node, field, StableId.mistral(id));
    }

    private static ObjectNode calls(ObjectNode message, UnaryOperator<ObjectNode> change) {
        if (!(message.get("tool_calls") instanceof ArrayNode calls)) {
            return message;
        }
        ArrayNode changed = JsonNodes.map(calls, change);
        return changed == calls ? message : JsonNodes.with(message, "tool_calls", changed);
    }

    /** DeepSeek answers 400 when a turn with tool calls comes back without its reasoning; an empty one will do. */
    private static ObjectNode withReasoning(ObjectNode message) {
        boolean bare = !message.path("tool_calls").isEmpty() && !JsonNodes.has(message, "reasoning_content");
        return bare ? JsonNodes.with(message, "reasoning_content", "") : message;
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        List<String> texts = new ArrayList<>();
        content.forEach(part -> texts.add(part.path("text").asText()));
        return String.join("\n\n", texts);
    }
}
