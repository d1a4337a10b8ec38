package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads {@code generationConfig}. An answer that is to be one word of an enum, or JSON that is no object, has no
 * neutral form: it is asked for in words.
 */
public final class GeminiConfigReader {
    private static final int MOST_STOPS = 5;
    private static final String JSON_ONLY = "Answer with JSON and nothing else, without a code fence.";
    /** By these many thinking tokens a budget is taken for a level (docs/wire-formats.md 1.6). */
    private static final int LOW = 2048;

    private static final int MEDIUM = 12_000;

    private final GeminiFields config;

    /** @param config null when the request has none */
    public GeminiConfigReader(GeminiFields config) {
        this.config = config;
    }

    public void read(ChatRequestBuilder request) {
        if (config == null) {
            return;
        }
        List<String> stops = new ArrayList<>(config.strings("stopSequences", MOST_STOPS));
        stops.removeIf(String::isEmpty);
        Integer candidates = config.count("candidateCount", 1, 8);
        Integer top = config.count("logprobs", 0, 20);
        boolean logprobs = Boolean.TRUE.equals(config.bool("responseLogprobs"));
        request.sampling(new SamplingParameters(
                        config.number("temperature", 0, 2),
                        config.number("topP", 0, 1),
                        config.count("topK", 0, Integer.MAX_VALUE),
                        config.whole("seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
                        config.number("presencePenalty", -2, 2),
                        config.number("frequencyPenalty", -2, 2),
                        stops))
                .maxOutputTokens(config.count("maxOutputTokens", 1, Integer.MAX_VALUE))
                .candidates(candidates == null ? 1 : candidates)
                .logprobs(!logprobs ? null : Integer.valueOf(top == null ? 0 : top))
                .effort(effort(config.object("thinkingConfig")));
        format(request);
    }

    private static Effort effort(GeminiFields thinking) {
        if (thinking == null) {
            return null;
        }
        thinking.bool("includeThoughts");
        String level = thinking.string("thinkingLevel");
        Integer budget = thinking.count("thinkingBudget", -1, Integer.MAX_VALUE);
        if (level == null) {
            return budget == null || budget < 0 ? null : effort(budget);
        }
        return switch (level.toUpperCase(Locale.ROOT)) {
            case "THINKING_LEVEL_UNSPECIFIED" -> null;
            case "MINIMAL" -> Effort.MINIMAL;
            case "LOW" -> Effort.LOW;
            case "MEDIUM" -> Effort.MEDIUM;
            case "HIGH" -> Effort.HIGH;
            default -> throw thinking.invalid("thinkingLevel", "must be one of MINIMAL, LOW, MEDIUM, HIGH");
        };
    }

    private static Effort effort(int budget) {
        if (budget == 0) {
            return Effort.NONE;
        }
        return budget <= LOW ? Effort.LOW : budget <= MEDIUM ? Effort.MEDIUM : Effort.HIGH;
    }

    private void format(ChatRequestBuilder request) {
        String type = config.string("responseMimeType");
        ObjectNode schema = schema();
        switch (type == null ? "text/plain" : type) {
            case "text/plain":
                if (schema != null) {
                    throw config.invalid(
                            "responseMimeType", "must be application/json or text/x.enum where a schema is given");
                }
                break;
            case "application/json":
                json(schema, request);
                break;
            case "text/x.enum":
                oneOf(schema, request);
                break;
            default:
                throw config.invalid("responseMimeType", "must be one of text/plain, application/json, text/x.enum");
        }
    }

    private ObjectNode schema() {
        GeminiFields openApi = config.object("responseSchema");
        GeminiFields jsonSchema = config.object("responseJsonSchema");
        jsonSchema = jsonSchema == null ? config.object("_responseJsonSchema") : jsonSchema;
        if (openApi != null && jsonSchema != null) {
            throw config.invalid("responseSchema", "must not stand beside a JSON Schema");
        }
        return jsonSchema != null
                ? jsonSchema.node()
                : openApi == null ? null : OpenApiSchema.toJsonSchema(openApi.node());
    }

    private static void json(ObjectNode schema, ChatRequestBuilder request) {
        JsonNode type = schema == null ? null : schema.get("type");
        if (schema == null) {
            request.format(new ResponseFormat.Json());
        } else if (type != null && type.isTextual() && !type.textValue().equals("object")) {
            request.message(Message.system(GeminiResponseFormat.valid(JSON_ONLY, schema)));
        } else {
            request.format(new ResponseFormat.JsonSchema("response", null, schema, null));
        }
    }

    private void oneOf(ObjectNode schema, ChatRequestBuilder request) {
        if (schema == null || schema.path("enum").isEmpty()) {
            throw config.invalid("responseMimeType", "text/x.enum wants a schema with an enum");
        }
        List<String> words = new ArrayList<>();
        schema.get("enum").forEach(word -> words.add(word.asText()));
        request.message(
                Message.system("Answer with exactly one of these and nothing else:\n" + String.join("\n", words)));
    }
}
