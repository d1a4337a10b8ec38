package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.openai.OpenAiCompatibleServers;
import io.camelback.protocol.support.PromptInstructions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fits a request to one target: leaves out what it refuses, says it another way, or gives the target up. */
final class OpenAiRequestAdapter {
    private static final String MODERN = "max_completion_tokens";
    private static final String OLD = "max_tokens";
    /** Token ids mean other words to another model, so {@code logit_bias} goes with the log probabilities. */
    private static final Map<UnsupportedParameter, List<String>> FIELDS = Map.of(
            UnsupportedParameter.TEMPERATURE, List.of("temperature"),
            UnsupportedParameter.TOP_P, List.of("top_p"),
            UnsupportedParameter.TOP_K, List.of("top_k"),
            UnsupportedParameter.SEED, List.of("seed"),
            UnsupportedParameter.PENALTIES, List.of("presence_penalty", "frequency_penalty"),
            UnsupportedParameter.STOP, List.of("stop"),
            UnsupportedParameter.LOGPROBS, List.of("logprobs", "top_logprobs", "logit_bias"),
            UnsupportedParameter.EFFORT, List.of("reasoning_effort"),
            UnsupportedParameter.PARALLEL_TOOL_CALLS, List.of("parallel_tool_calls"));
    /** Mistral answers 422 to these. */
    private static final List<String> UNKNOWN_TO_MISTRAL = List.of(
            "user",
            "safety_identifier",
            "logit_bias",
            "service_tier",
            "verbosity",
            "prompt_cache_retention",
            "prompt_cache_options");

    private OpenAiRequestAdapter() {}

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body, ProviderModel target) {
        OpenAiCapabilityCheck.require(body, target);
        for (UnsupportedParameter refusal : target.refuses()) {
            body.remove(FIELDS.getOrDefault(refusal, List.of()));
        }
        fitMaxTokens(body, target);
        List<String> instructions = new ArrayList<>();
        OpenAiToolAdapter.fit(body, target, instructions);
        fitFormat(body, target, instructions);
        if (OpenAiCompatibleServers.isMistral(target)) {
            fitMistral(body);
        }
        if (body.get("messages") instanceof ArrayNode messages) {
            body.set("messages", OpenAiMessageAdapter.fit(messages, target, instructions));
        }
    }

    /** One of the two names, and never more than the model can write. */
    private static void fitMaxTokens(ObjectNode body, ProviderModel target) {
        boolean modern = JsonNodes.has(body, MODERN);
        boolean old = JsonNodes.has(body, OLD);
        if (!modern && !old) {
            return;
        }
        JsonNode value = body.get(modern ? MODERN : OLD);
        if (target.maxOutput() > 0 && value.isNumber() && value.decimalValue().compareTo(maxOutput(target)) > 0) {
            value = Json.of(target.maxOutput());
        }
        boolean keepModern = modern && (!old || OpenAiCompatibleServers.isOpenAi(target));
        String name = keepModern ? MODERN : OLD;
        String other = keepModern ? OLD : MODERN;
        boolean refused = !target.supports(
                keepModern ? UnsupportedParameter.MAX_COMPLETION_TOKENS : UnsupportedParameter.MAX_TOKENS);
        boolean otherRefused = !target.supports(
                keepModern ? UnsupportedParameter.MAX_TOKENS : UnsupportedParameter.MAX_COMPLETION_TOKENS);
        body.remove(refused ? name : other);
        if (!refused) {
            body.set(name, value);
        } else if (otherRefused) {
            body.remove(other);
        } else {
            body.set(other, value);
        }
    }

    private static BigDecimal maxOutput(ProviderModel target) {
        return BigDecimal.valueOf(target.maxOutput());
    }

    private static void fitFormat(ObjectNode body, ProviderModel target, List<String> instructions) {
        JsonNode format = body.path("response_format");
        String type = format.path("type").asText();
        if (type.equals("json_schema") && !target.supports(UnsupportedParameter.JSON_SCHEMA)) {
            instructions.add(
                    PromptInstructions.schema(format.path("json_schema").path("schema")));
            body.set("response_format", Json.object().put("type", "json_object"));
            if (!target.supports(UnsupportedParameter.JSON_MODE)) {
                body.remove("response_format");
            }
        } else if (type.equals("json_object") && !target.supports(UnsupportedParameter.JSON_MODE)) {
            instructions.add(PromptInstructions.JSON);
            body.remove("response_format");
        }
    }

    private static void fitMistral(ObjectNode body) {
        body.remove(UNKNOWN_TO_MISTRAL);
        JsonNode modalities = body.path("modalities");
        if (modalities.size() == 1 && modalities.get(0).asText().equals("text")) {
            body.remove("modalities");
        }
        if (body.has("seed")) {
            body.set("random_seed", body.remove("seed"));
        }
        if ("required".equals(body.path("tool_choice").asText())) {
            body.put("tool_choice", "any");
        }
    }
}
