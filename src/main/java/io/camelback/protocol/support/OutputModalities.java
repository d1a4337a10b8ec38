package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** In which forms a caller wants the answer: OpenAI's {@code modalities} and Gemini's {@code responseModalities}. */
public final class OutputModalities {
    public static final String IMAGE = "image";
    public static final String AUDIO = "audio";

    private OutputModalities() {}

    /** In lower case, as they were said; empty when nothing was. */
    public static List<String> of(ChatRequest request) {
        List<String> modalities = new ArrayList<>();
        if (request.original() != null) {
            list(request.original())
                    .forEach(modality -> modalities.add(modality.asText().toLowerCase(Locale.ROOT)));
        }
        return modalities;
    }

    private static JsonNode list(ChatRequest.Original original) {
        JsonNode body = original.body();
        return switch (original.dialect()) {
            case "openai" -> body.path("modalities");
            case "gemini" ->
                either(
                        either(body, "generationConfig", "generation_config"),
                        "responseModalities",
                        "response_modalities");
            default -> Json.object();
        };
    }

    /** Google's field by either of its spellings. */
    public static JsonNode either(JsonNode node, String camel, String snake) {
        return node.has(camel) ? node.path(camel) : node.path(snake);
    }
}
