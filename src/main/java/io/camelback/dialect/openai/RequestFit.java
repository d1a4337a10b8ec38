package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Instructions;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Wire;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fits a request to one target: leaves out what it refuses, says it another way, or gives the target up. */
final class RequestFit {
    private static final String MODERN = "max_completion_tokens";
    private static final String OLD = "max_tokens";
    /** Token ids mean other words to another model, so {@code logit_bias} goes with the log probabilities. */
    private static final Map<Refusal, List<String>> FIELDS = Map.of(
            Refusal.TEMPERATURE, List.of("temperature"),
            Refusal.TOP_P, List.of("top_p"),
            Refusal.TOP_K, List.of("top_k"),
            Refusal.SEED, List.of("seed"),
            Refusal.PENALTIES, List.of("presence_penalty", "frequency_penalty"),
            Refusal.STOP, List.of("stop"),
            Refusal.LOGPROBS, List.of("logprobs", "top_logprobs", "logit_bias"),
            Refusal.EFFORT, List.of("reasoning_effort"),
            Refusal.PARALLEL_TOOL_CALLS, List.of("parallel_tool_calls"));
    /** Mistral answers 422 to these. */
    private static final List<String> UNKNOWN_TO_MISTRAL = List.of("user", "safety_identifier", "service_tier", "verbosity",
            "prompt_cache_retention", "prompt_cache_options");

    private RequestFit() { }

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body, Target target) {
        Capabilities.require(body, target);
        for (Refusal refusal : target.refuses()) {
            body.remove(FIELDS.getOrDefault(refusal, List.of()));
        }
        fitMaxTokens(body, target);
        List<String> instructions = new ArrayList<>();
        ToolFit.fit(body, target, instructions);
        fitFormat(body, target, instructions);
        if (Providers.isMistral(target)) {
            fitMistral(body);
        }
        if (body.get("messages") instanceof ArrayNode messages) {
            body.set("messages", MessageFit.fit(messages, target, instructions));
        }
    }

    /** One of the two names, and never more than the model can write. */
    private static void fitMaxTokens(ObjectNode body, Target target) {
        boolean modern = Wire.has(body, MODERN);
        boolean old = Wire.has(body, OLD);
        if (!modern && !old) {
            return;
        }
        JsonNode value = body.get(modern ? MODERN : OLD);
        if (target.maxOutput() > 0 && value.isNumber() && value.decimalValue().compareTo(maxOutput(target)) > 0) {
            value = Json.of(target.maxOutput());
        }
        boolean keepModern = modern && (!old || Providers.isOpenAi(target));
        String name = keepModern ? MODERN : OLD;
        String other = keepModern ? OLD : MODERN;
        boolean refused = !target.takes(keepModern ? Refusal.MAX_COMPLETION_TOKENS : Refusal.MAX_TOKENS);
        boolean otherRefused = !target.takes(keepModern ? Refusal.MAX_TOKENS : Refusal.MAX_COMPLETION_TOKENS);
        body.remove(refused ? name : other);
        if (!refused) {
            body.set(name, value);
        } else if (otherRefused) {
            body.remove(other);
        } else {
            body.set(other, value);
        }
    }

    private static BigDecimal maxOutput(Target target) {
        return BigDecimal.valueOf(target.maxOutput());
    }

    private static void fitFormat(ObjectNode body, Target target, List<String> instructions) {
        JsonNode format = body.path("response_format");
        String type = format.path("type").asText();
        if (type.equals("json_schema") && !target.takes(Refusal.JSON_SCHEMA)) {
            instructions.add(Instructions.schema(format.path("json_schema").path("schema")));
            body.set("response_format", Json.object().put("type", "json_object"));
            if (!target.takes(Refusal.JSON_MODE)) {
                body.remove("response_format");
            }
        } else if (type.equals("json_object") && !target.takes(Refusal.JSON_MODE)) {
            instructions.add(Instructions.JSON);
            body.remove("response_format");
        }
    }

    private static void fitMistral(ObjectNode body) {
        body.remove(UNKNOWN_TO_MISTRAL);
        if (body.has("seed")) {
            body.set("random_seed", body.remove("seed"));
        }
        if ("required".equals(body.path("tool_choice").asText())) {
            body.put("tool_choice", "any");
        }
    }
}
