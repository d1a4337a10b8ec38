package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Instructions;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.StableId;
import io.camelback.dialect.Target;
import io.camelback.dialect.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Fits the conversation to a target. Messages without anything the target refuses stay the very same nodes. */
final class MessageFit {
    private final Target target;
    private boolean opened;

    private MessageFit(Target target) {
        this.target = target;
    }

    static ArrayNode fit(ArrayNode messages, Target target, List<String> instructions) {
        ArrayNode fitted = SystemLines.add(Wire.map(messages, new MessageFit(target)::fit), instructions);
        JsonNode last = fitted.path(fitted.size() - 1);
        boolean prefill = last.path("role").asText().equals("assistant") && last.path("tool_calls").isEmpty();
        if (prefill && !target.takes(Refusal.PREFILL)) {
            fitted = Wire.array().addAll(fitted).add(Json.object().put("role", "user").put("content", Instructions.GO_ON));
        }
        return fitted;
    }

    private ObjectNode fit(ObjectNode message) {
        boolean system = SystemLines.isSystem(message);
        if (system && opened && !target.takes(Refusal.LATE_SYSTEM)) {
            return Json.object().put("role", "user").put("content", Instructions.late(text(message.path("content"))));
        }
        opened |= !system;
        ObjectNode result = message;
        String role = message.path("role").asText();
        if (role.equals("developer") && !target.takes(Refusal.DEVELOPER_ROLE)) {
            result = Wire.with(result, "role", "system");
        }
        if (!target.takes(Refusal.MESSAGE_NAME) && !role.equals("tool") && !role.equals("function")) {
            result = Wire.without(result, "name");
        }
        if (Providers.strictMessages(target)) {
            result = strict(result);
        }
        if (Providers.isMistral(target)) {
            result = shortIds(result);
        }
        return Providers.isDeepSeek(target) ? withReasoning(result) : result;
    }

    /** What other servers told the caller, and what it sends back in good faith. */
    private static ObjectNode strict(ObjectNode message) {
        ObjectNode result = Wire.without(message, "reasoning_content", "reasoning", "reasoning_details", "thinking_blocks");
        return calls(result, call -> withoutExtra(Wire.without(call, "extra_content")));
    }

    /** See {@link OpenAiStreamReader#signature}. */
    private static ObjectNode withoutExtra(ObjectNode call) {
        return call.path("function").has("extra_content")
                ? Wire.with(call, "function", Wire.without((ObjectNode) call.get("function"), "extra_content")) : call;
    }

    private static ObjectNode shortIds(ObjectNode message) {
        ObjectNode result = calls(message, call -> withShortId(call, "id"));
        return withShortId(result, "tool_call_id");
    }

    private static ObjectNode withShortId(ObjectNode node, String field) {
        String id = Json.string(node, field);
        if (id == null || StableId.mistral(id).equals(id)) {
            return node;
        }
        return Wire.with(node, field, StableId.mistral(id));
    }

    private static ObjectNode calls(ObjectNode message, UnaryOperator<ObjectNode> change) {
        if (!(message.get("tool_calls") instanceof ArrayNode calls)) {
            return message;
        }
        ArrayNode changed = Wire.map(calls, change);
        return changed == calls ? message : Wire.with(message, "tool_calls", changed);
    }

    /** DeepSeek answers 400 when a turn with tool calls comes back without its reasoning; an empty one will do. */
    private static ObjectNode withReasoning(ObjectNode message) {
        boolean bare = !message.path("tool_calls").isEmpty() && !Wire.has(message, "reasoning_content");
        return bare ? Wire.with(message, "reasoning_content", "") : message;
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
