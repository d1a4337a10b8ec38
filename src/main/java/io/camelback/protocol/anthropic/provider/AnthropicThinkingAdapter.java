package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.anthropic.AnthropicEffort;
import io.camelback.protocol.anthropic.ForeignThinkingToken;
import io.camelback.protocol.support.RequestFields;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Leaves out thinking that Anthropic did not make, which it would answer with 400 (traps 10 to 12).
 *
 * <p>Only blocks with a mark of ours go; Anthropic's own stay, byte for byte. An answer is one provider's, so no turn
 * loses some of its thinking and keeps the rest; and since the same blocks go from every later request too, Anthropic
 * always sees the same prefix, which is what its blocks are bound to.
 *
 * <p>All thinking goes, and thinking is off for this request, where a budget of thinking is asked for but the step of
 * an unfinished tool loop was another provider's and so does not begin with thinking; and where the target does not
 * think. A model that always thinks, and itself decides how much, is told a level in place of a budget, and one that
 * knows no levels a budget in place of a level (docs/wire-formats.md 1.6).
 */
final class AnthropicThinkingAdapter {
    private AnthropicThinkingAdapter() {}

    static void fit(ObjectNode body, ProviderModel target) {
        adapt(body, target);
        if (!target.supports(UnsupportedParameter.EFFORT)) {
            String type = body.path("thinking").path("type").asText();
            if (type.equals("adaptive") || type.equals("between_tools")) {
                limit(body, target);
            }
            AnthropicPassThrough.withoutConfig(body, "effort");
        }
        boolean own = AnthropicCapabilityCheck.isAnthropic(target);
        remove(body, block -> isForeign(block) || own && isUnsigned(block));
        boolean budget = body.path("thinking").path("type").asText().equals("enabled");
        if (budget && lastStepLacksThinking(body.path("messages"))) {
            turnOff(body);
        }
        if (own && body.get("messages") instanceof ArrayNode messages) {
            body.set("messages", JsonNodes.map(messages, AnthropicThinkingAdapter::withoutEnd));
        }
    }

    /** Servers of other makers do not sign what they think. */
    private static boolean isUnsigned(ObjectNode block) {
        return block.path("type").asText().equals("thinking") && JsonNodes.text(block, "signature") == null;
    }

    /** A turn may not end in thinking: what led to nothing is left out, and null stands for nothing else. */
    private static ObjectNode withoutEnd(ObjectNode message) {
        JsonNode blocks = message.path("content");
        int end = blocks.size();
        while (end > 0 && isThinking(blocks.get(end - 1))) {
            end--;
        }
        if (end == blocks.size() || !message.path("role").asText().equals("assistant")) {
            return message;
        }
        ArrayNode kept = JsonNodes.array();
        for (int i = 0; i < end; i++) {
            kept.add(blocks.get(i));
        }
        return kept.isEmpty() ? null : JsonNodes.with(message, "content", kept);
    }

    private static void adapt(ObjectNode body, ProviderModel target) {
        if (!(body.get("thinking") instanceof ObjectNode thinking)) {
            return;
        }
        String type = thinking.path("type").asText();
        if (type.equals("enabled") && !target.supports(UnsupportedParameter.THINKING_BUDGET)) {
            adapt(
                    body,
                    thinking,
                    AnthropicEffort.level(thinking.path("budget_tokens").asLong(0)));
        } else if (type.equals("disabled") && !target.supports(UnsupportedParameter.THINKING_OFF)) {
            adapt(body, thinking, Effort.LOW);
        }
    }

    /** A level that the caller has said counts for more. */
    private static void adapt(ObjectNode body, ObjectNode thinking, Effort level) {
        body.set("thinking", JsonNodes.with(JsonNodes.without(thinking, "budget_tokens"), "type", "adaptive"));
        ObjectNode config = body.get("output_config") instanceof ObjectNode given ? given : Json.object();
        if (!config.hasNonNull("effort")) {
            body.set(
                    "output_config",
                    JsonNodes.with(config, "effort", level.name().toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * A budget rules out what adaptive thinking need not: a forced tool choice, a turn begun for the model, sampling.
     */
    private static void limit(ObjectNode body, ProviderModel target) {
        int budget = AnthropicEffort.budget(
                AnthropicEffort.read(new RequestFields(body, "")),
                body.path("max_tokens").asInt());
        boolean forced = List.of("any", "tool")
                .contains(body.path("tool_choice").path("type").asText());
        JsonNode messages = body.path("messages");
        boolean begun = messages.path(messages.size() - 1).path("role").asText().equals("assistant");
        if (budget == 0 || forced || begun || !target.supports(UnsupportedParameter.THINKING_BUDGET)) {
            turnOff(body);
        } else {
            body.set("thinking", Json.object().put("type", "enabled").put("budget_tokens", budget));
            body.remove(List.of("temperature", "top_p", "top_k"));
        }
    }

    /** No thinking in this request, and none shown from earlier ones: a model that does not think may refuse it. */
    static void turnOff(ObjectNode body) {
        body.remove("thinking");
        remove(body, block -> true);
        if (body.get("context_management") instanceof ObjectNode management
                && management.get("edits") instanceof ArrayNode edits) {
            ArrayNode kept =
                    JsonNodes.map(edits, edit -> edit.path("type").asText().startsWith("clear_thinking") ? null : edit);
            if (kept.isEmpty()) {
                body.remove("context_management");
            } else {
                body.set("context_management", JsonNodes.with(management, "edits", kept));
            }
        }
    }

    private static boolean isForeign(ObjectNode block) {
        return ForeignThinkingToken.isMarked(Json.string(block, "signature"))
                || ForeignThinkingToken.isMarked(Json.string(block, "data"));
    }

    private static boolean isThinking(JsonNode block) {
        String type = block.path("type").asText();
        return type.equals("thinking") || type.equals("redacted_thinking");
    }

    private static void remove(ObjectNode body, Predicate<ObjectNode> which) {
        if (body.get("messages") instanceof ArrayNode messages) {
            body.set("messages", JsonNodes.map(messages, message -> without(message, which)));
        }
    }

    /** Null for a turn that was nothing else: an empty one is a 400. */
    private static ObjectNode without(ObjectNode message, Predicate<ObjectNode> which) {
        if (!message.path("role").asText().equals("assistant")
                || !(message.get("content") instanceof ArrayNode blocks)) {
            return message;
        }
        ArrayNode kept = JsonNodes.map(blocks, block -> isThinking(block) && which.test(block) ? null : block);
        if (kept == blocks) {
            return message;
        }
        return kept.isEmpty() ? null : JsonNodes.with(message, "content", kept);
    }

    /** Whether a budget of thinking would be refused: an unfinished tool loop has to begin with thinking then. */
    static boolean lastStepLacksThinking(JsonNode messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            JsonNode message = messages.get(i);
            if (message.path("role").asText().equals("assistant")) {
                JsonNode content = message.path("content");
                return i < messages.size() - 1 && hasCall(content) && !isThinking(content.path(0));
            }
            boolean system = message.path("role").asText().equals("system");
            if (!system
                    && !message.path("content").path(0).path("type").asText().equals("tool_result")) {
                return false;
            }
        }
        return false;
    }

    private static boolean hasCall(JsonNode content) {
        for (JsonNode block : content) {
            if (block.path("type").asText().equals("tool_use")) {
                return true;
            }
        }
        return false;
    }
}
