package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.anthropic.AnthropicCitations;
import io.camelback.protocol.anthropic.AnthropicEffort;
import io.camelback.protocol.anthropic.AnthropicParts;
import io.camelback.protocol.support.ReasoningWords;
import io.camelback.protocol.support.RequestMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The caller's body for a provider of the same dialect: unknown fields, key order, {@code system}, the order of the
 * tools and the spelling of numbers stay, because prompt caches and thinking blocks are bound to all that came before
 * them (traps 11, 48). Replaced are the model, the streaming switch, limits above the model's, and top-level fields the
 * target refuses.
 *
 * <p>A line of instruction for a forced tool choice that is refused, as other dialects get it, is not added: it would
 * be there in one request and gone in the next, and the models that refuse the choice are those that bind their
 * thinking to the prefix.
 */
final class AnthropicPassThrough {
    private static final Map<UnsupportedParameter, String> FIELDS = Map.of(
            UnsupportedParameter.TEMPERATURE,
            "temperature",
            UnsupportedParameter.TOP_P,
            "top_p",
            UnsupportedParameter.TOP_K,
            "top_k",
            UnsupportedParameter.STOP,
            "stop_sequences");
    private static final int LEAST_BUDGET = 1024;
    private static final String THINKING = "thinking";
    private static final String CONFIG = "output_config";

    private final ObjectNode original;
    private final ProviderModel target;
    private final ObjectNode body;

    private AnthropicPassThrough(ObjectNode original, ProviderModel target) {
        this.original = original;
        this.target = target;
        this.body = JsonNodes.copy(JsonNodes.withoutNulls(original));
    }

    static ObjectNode write(ObjectNode original, ProviderModel target, boolean stream) {
        AnthropicCapabilityCheck.require(original, target);
        return new AnthropicPassThrough(original, target).write(stream);
    }

    private ObjectNode write(boolean stream) {
        body.put("model", target.model());
        fitMaxTokens();
        if (stream || original.has("stream")) {
            body.put("stream", stream);
        }
        FIELDS.forEach((refusal, field) -> {
            if (!target.supports(refusal)) {
                body.remove(field);
            }
        });
        AnthropicBlankText.fit(body);
        AnthropicOriginalTools.fit(body);
        fitTools();
        fitFormat();
        fitMetadata();
        fitReasoning();
        AnthropicThinkingAdapter.fit(body, target);
        AnthropicCitations.removeMade(body);
        AnthropicTurnAdapter.fit(body, target, original.at("/messages/0/role").asText());
        return body;
    }

    /** A wish for thinking in another format's word, which is refused here, is said in this one's. */
    private void fitReasoning() {
        ChatRequest.Effort effort = ReasoningWords.any(JsonNodes.without(body, THINKING));
        ReasoningWords.remove(body, Set.of(THINKING));
        if (effort == null || body.has(THINKING) || body.path(CONFIG).has("effort")) {
            return;
        }
        boolean off = effort == ChatRequest.Effort.NONE;
        body.putObject(THINKING).put("type", off ? "disabled" : "adaptive");
        if (!off) {
            ObjectNode config = body.get(CONFIG) instanceof ObjectNode given ? given : Json.object();
            body.set(CONFIG, JsonNodes.with(config, "effort", AnthropicEffort.word(effort)));
        }
    }

    private void fitMaxTokens() {
        JsonNode asked = original.get("max_tokens");
        if (asked == null || asked.isNull()) {
            body.put("max_tokens", AnthropicModelParameters.maxTokens(null, target));
        } else if (asked.isNumber() && target.maxOutput() > 0 && asked.asLong() > target.maxOutput()) {
            body.put("max_tokens", target.maxOutput());
            fitBudget(target.maxOutput());
        }
    }

    /** A budget must stay below a limit that was lowered (trap 15); half of it leaves room for the answer. */
    private void fitBudget(int maxTokens) {
        JsonNode budget = original.path("thinking").path("budget_tokens");
        if (!budget.isNumber() || budget.asLong() < maxTokens) {
            return;
        }
        if (maxTokens > LEAST_BUDGET) {
            body.set(
                    "thinking",
                    JsonNodes.with(
                            (ObjectNode) original.get("thinking"),
                            "budget_tokens",
                            Json.of(Math.max(LEAST_BUDGET, maxTokens / 2))));
        } else {
            AnthropicThinkingAdapter.turnOff(body);
        }
    }

    private void fitTools() {
        if (!target.supports(UnsupportedParameter.STRICT_TOOLS) && body.get("tools") instanceof ArrayNode tools) {
            body.set("tools", JsonNodes.map(tools, tool -> JsonNodes.without(tool, "strict")));
        }
        if (!(body.get("tool_choice") instanceof ObjectNode choice)) {
            return;
        }
        if (!target.supports(UnsupportedParameter.PARALLEL_TOOL_CALLS)) {
            choice = JsonNodes.without(choice, "disable_parallel_tool_use");
        }
        boolean forced = List.of("any", "tool").contains(choice.path("type").asText());
        if (forced && !target.supports(UnsupportedParameter.FORCED_TOOL_CHOICE)) {
            choice = JsonNodes.with(JsonNodes.without(choice, "name"), "type", "auto");
        }
        body.set("tool_choice", choice);
    }

    private void fitFormat() {
        if (target.supports(UnsupportedParameter.JSON_SCHEMA)) {
            return;
        }
        JsonNode wanted = body.path("output_config").path("format");
        JsonNode format = wanted.isObject() ? wanted : body.path("output_format");
        if (format.isObject()) {
            withoutConfig(body, "format");
            body.remove("output_format");
            addToSystem(AnthropicRequestWriter.answerJson(format.path("schema")));
        }
    }

    /** Takes a field out of {@code output_config}, and that out too when nothing is left in it. */
    static void withoutConfig(ObjectNode body, String field) {
        if (body.get("output_config") instanceof ObjectNode config && config.has(field)) {
            ObjectNode rest = JsonNodes.without(config, field);
            if (rest.isEmpty()) {
                body.remove("output_config");
            } else {
                body.set("output_config", rest);
            }
        }
    }

    private void addToSystem(String line) {
        JsonNode system = body.path("system");
        ArrayNode blocks = JsonNodes.array();
        if (system.isTextual() && !system.textValue().isBlank()) {
            blocks.add(AnthropicParts.text(system.textValue()));
        } else if (system.isArray()) {
            blocks.addAll((ArrayNode) system);
        }
        body.set("system", blocks.add(AnthropicParts.text(line)));
    }

    /**
     * Labels for our own routing are nobody else's; other servers of the dialect refuse user ids of forms they do not
     * know.
     */
    private void fitMetadata() {
        if (!(body.get("metadata") instanceof ObjectNode given)) {
            return;
        }
        ObjectNode kept = Json.object();
        given.properties().forEach(label -> {
            if (!RequestMetadata.isHint(label.getKey())) {
                kept.set(label.getKey(), label.getValue());
            }
        });
        if (!AnthropicCapabilityCheck.isAnthropic(target) || kept.isEmpty() && !given.isEmpty()) {
            body.remove("metadata");
        } else if (kept.size() < given.size()) {
            body.set("metadata", kept);
        }
    }
}
