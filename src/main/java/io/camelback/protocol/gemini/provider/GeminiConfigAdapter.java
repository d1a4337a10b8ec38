package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.gemini.GeminiConfigReader;
import io.camelback.protocol.gemini.GeminiFields;
import io.camelback.protocol.gemini.GeminiModelTraits;
import io.camelback.protocol.gemini.GeminiResponseFormat;
import java.util.List;
import java.util.Map;

/** Fits a caller's {@code generationConfig} to one target; what it holds is left alone. */
final class GeminiConfigAdapter {
    private static final Map<UnsupportedParameter, List<String>> FIELDS = Map.of(
            UnsupportedParameter.TEMPERATURE, List.of("temperature"),
            UnsupportedParameter.TOP_P, List.of("topP"),
            UnsupportedParameter.TOP_K, List.of("topK"),
            UnsupportedParameter.SEED, List.of("seed"),
            UnsupportedParameter.PENALTIES, List.of("presencePenalty", "frequencyPenalty"),
            UnsupportedParameter.STOP, List.of("stopSequences"),
            UnsupportedParameter.LOGPROBS, List.of("responseLogprobs", "logprobs"),
            UnsupportedParameter.EFFORT, List.of("thinkingConfig"));
    private static final List<String> SCHEMAS = List.of("responseSchema", "responseJsonSchema", "_responseJsonSchema");

    private final ObjectNode config = Json.object();
    private final ProviderModel target;
    private final List<String> instructions;

    /** @param instructions grows by what the system instruction must say instead */
    GeminiConfigAdapter(ObjectNode given, ProviderModel target, List<String> instructions) {
        this.target = target;
        this.instructions = instructions;
        config.setAll(given);
    }

    ObjectNode fit() {
        for (UnsupportedParameter refusal : target.refuses()) {
            FIELDS.getOrDefault(refusal, List.of()).forEach(this::remove);
        }
        String max = GeminiFields.key(config, "maxOutputTokens");
        if (target.maxOutput() > 0 && config.path(max).asLong(0) > target.maxOutput()) {
            config.put(max, target.maxOutput());
        }
        fitThinking(GeminiModelTraits.of(target.model()));
        fitFormat();
        return config;
    }

    private void remove(String field) {
        config.remove(GeminiFields.key(config, field));
    }

    /** A level is refused by generation 2.5, which counts in tokens. The caller cannot know which model answers. */
    private void fitThinking(GeminiModelTraits model) {
        String field = GeminiFields.key(config, "thinkingConfig");
        if (!model.is25()
                || !(config.get(field) instanceof ObjectNode thinking)
                || GeminiFields.value(thinking, "thinkingLevel") == null) {
            return;
        }
        ChatRequestBuilder read = ChatRequest.builder(target.model());
        new GeminiConfigReader(new GeminiFields(config, "generationConfig")).read(read);
        ChatRequest said = read.build();
        ObjectNode budget = GeminiThinking.config(said.effort(), model, said.maxOutputTokens());
        ObjectNode fitted = Json.object();
        fitted.setAll(thinking);
        fitted.remove(GeminiFields.key(fitted, "thinkingLevel"));
        if (budget != null) {
            fitted.set("thinkingBudget", budget.get("thinkingBudget"));
        }
        config.set(field, fitted);
    }

    private void fitFormat() {
        JsonNode type = GeminiFields.value(config, "responseMimeType");
        if (type == null || type.asText().equals("text/plain")) {
            return;
        }
        JsonNode schema = null;
        for (String field : SCHEMAS) {
            schema = schema == null ? GeminiFields.value(config, field) : schema;
        }
        boolean noMode = !target.supports(UnsupportedParameter.JSON_MODE);
        boolean noSchema = schema != null && (noMode || !target.supports(UnsupportedParameter.JSON_SCHEMA));
        if (noSchema) {
            SCHEMAS.forEach(this::remove);
            instructions.add(GeminiResponseFormat.valid(GeminiResponseFormat.JSON_ONLY, schema));
        } else if (noMode) {
            instructions.add(GeminiResponseFormat.JSON_ONLY);
        }
        if (noMode || noSchema && !type.asText().equals("application/json")) {
            remove("responseMimeType");
        }
    }
}
