package io.camelback.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Json;
import io.camelback.dialect.StreamReader;
import io.camelback.dialect.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Speaks to Gemini in its own dialect, {@code generateContent}. Tool-call ids are never sent: older models refuse them, and
 * Gemini matches results to calls by name and order.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API: generateContent</a>
 */
public final class GeminiDialect implements Dialect {
    static final String NAME = "gemini";

    @Override
    public String name() {
        return NAME;
    }

    /**
     * The URL path of a model, below the API version ({@code v1beta/}).
     *
     * @param model the provider's name for it, with or without {@code models/}
     */
    public static String path(String model, boolean stream) {
        String encoded = URLEncoder.encode(bare(model), StandardCharsets.UTF_8).replace("+", "%20");
        return "models/" + encoded + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    /** A model's name without {@code models/}. */
    static String bare(String model) {
        return model.startsWith("models/") ? model.substring("models/".length()) : model;
    }

    @Override
    public ObjectNode writeRequest(ChatRequest request, Target target, boolean stream) {
        if (request.original() != null && NAME.equals(request.original().dialect())) {
            return clamped(request.original().body(), target.maxOutput());
        }
        return new GeminiRequestWriter(request, target).write();
    }

    private static ObjectNode clamped(ObjectNode original, int maxOutput) {
        ObjectNode body = Json.object();
        body.setAll(original);
        JsonNode config = original.get("generationConfig");
        if (maxOutput > 0 && config instanceof ObjectNode fields && fields.path("maxOutputTokens").asLong(0) > maxOutput) {
            ObjectNode lowered = Json.object();
            lowered.setAll(fields);
            body.set("generationConfig", lowered.put("maxOutputTokens", maxOutput));
        }
        return body;
    }

    @Override
    public ChatAnswer readAnswer(ObjectNode body) {
        return new GeminiAnswerReader(body).read();
    }

    @Override
    public StreamReader streamReader() {
        return new GeminiStreamReader();
    }
}
