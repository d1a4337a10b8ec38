package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.SamplingParameters;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.gemini.GeminiModelTraits;
import io.camelback.protocol.gemini.GeminiResponseFormat;
import io.camelback.protocol.support.OutputModalities;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Writes {@code generationConfig}: only what the caller said, nothing by default. */
final class GeminiGenerationConfig {
    private static final int MOST_STOPS = 5;

    private final ChatRequest request;
    private final ProviderModel target;
    private final GeminiModelTraits model;
    private final GeminiResponseFormat format;
    private final ObjectNode config = Json.object();

    GeminiGenerationConfig(
            ChatRequest request, ProviderModel target, GeminiModelTraits model, GeminiResponseFormat format) {
        this.request = request;
        this.target = target;
        this.model = model;
        this.format = format;
    }

    ObjectNode write() {
        Integer maxOutput = maxOutput();
        if (maxOutput != null) {
            config.put("maxOutputTokens", maxOutput);
        }
        sampling(request.sampling());
        stops(request.sampling().stop());
        logprobs();
        modalities(OutputModalities.of(request));
        if (format.json()) {
            config.put("responseMimeType", "application/json");
        }
        if (format.schema() != null && !format.schema().isEmpty()) {
            config.set("responseJsonSchema", format.schema());
        }
        ObjectNode thinking = target.supports(UnsupportedParameter.EFFORT)
                ? GeminiThinking.config(request.effort(), model, maxOutput)
                : null;
        if (thinking != null) {
            config.set("thinkingConfig", thinking);
        }
        return config;
    }

    private Integer maxOutput() {
        Integer wanted = request.maxOutputTokens();
        return wanted == null || target.maxOutput() <= 0
                ? wanted
                : Integer.valueOf(Math.min(wanted, target.maxOutput()));
    }

    private void sampling(SamplingParameters sampling) {
        number("temperature", sampling.temperature(), UnsupportedParameter.TEMPERATURE);
        number("topP", sampling.topP(), UnsupportedParameter.TOP_P);
        if (sampling.topK() != null && target.supports(UnsupportedParameter.TOP_K)) {
            config.put("topK", sampling.topK());
        }
        if (sampling.seed() != null && target.supports(UnsupportedParameter.SEED)) {
            config.put("seed", seed(sampling.seed()));
        }
        if (!model.is25()) {
            number("presencePenalty", sampling.presencePenalty(), UnsupportedParameter.PENALTIES);
            number("frequencyPenalty", sampling.frequencyPenalty(), UnsupportedParameter.PENALTIES);
        }
    }

    private void logprobs() {
        if (request.logprobs() == null) {
            return;
        }
        config.put("responseLogprobs", true);
        if (request.logprobs() > 0) {
            config.put("logprobs", request.logprobs());
        }
    }

    private void modalities(List<String> wanted) {
        if (wanted.contains(OutputModalities.IMAGE)) {
            ArrayNode modalities = config.putArray("responseModalities");
            wanted.forEach(modality -> modalities.add(modality.toUpperCase(Locale.ROOT)));
        }
    }

    private void number(String field, BigDecimal value, UnsupportedParameter refusal) {
        if (value != null && target.supports(refusal)) {
            config.put(field, value);
        }
    }

    /** Gemini's seed is an int32; a larger one is folded into it, always to the same value. */
    private static int seed(long seed) {
        return (int) seed == seed ? (int) seed : (int) Math.floorMod(seed, 1L << 31);
    }

    private void stops(List<String> wanted) {
        List<String> stops = wanted.stream().filter(stop -> !stop.isEmpty()).toList();
        if (stops.isEmpty() || !target.supports(UnsupportedParameter.STOP)) {
            return;
        }
        if (stops.size() > MOST_STOPS) {
            throw new UnsupportedFeatureException("more than " + MOST_STOPS + " stop sequences");
        }
        ArrayNode sequences = config.putArray("stopSequences");
        stops.forEach(sequences::add);
    }
}
