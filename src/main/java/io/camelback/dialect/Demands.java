package io.camelback.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;

/**
 * What a caller asks for that has no neutral form and that no other dialect has, although the answer is of no use without it:
 * a target of another dialect is passed over, not told half of it (WIRE.md 1, policy for untranslatable fields). All else
 * without a neutral form is a hint and left out.
 */
public final class Demands {
    private Demands() { }

    /**
     * To be called before a request is written from its neutral form.
     *
     * @param target the dialect it is written in; its own has all that was asked for
     * @throws Untranslatable naming what only the caller's own dialect has
     */
    public static void check(ChatRequest request, String target) {
        if (request.original() == null || target.equals(request.original().dialect())) {
            return;
        }
        ObjectNode body = request.original().body();
        switch (request.original().dialect()) {
            case "openai" -> openAi(body);
            case "gemini" -> gemini(body);
            default -> { }
        }
    }

    private static void openAi(ObjectNode body) {
        refuse(has(body.path("modalities"), "audio"), "audio output");
    }

    private static void gemini(ObjectNode body) {
        JsonNode config = either(body, "generationConfig", "generation_config");
        JsonNode modalities = either(config, "responseModalities", "response_modalities");
        refuse(has(modalities, "audio"), "audio output");
        refuse(has(modalities, "image"), "image output");
        refuse(either(body, "cachedContent", "cached_content").isTextual(), "content that is cached at Google");
    }

    private static JsonNode either(JsonNode node, String camel, String snake) {
        return node.has(camel) ? node.path(camel) : node.path(snake);
    }

    private static boolean has(JsonNode list, String word) {
        for (JsonNode element : list) {
            if (element.asText().equalsIgnoreCase(word)) {
                return true;
            }
        }
        return false;
    }

    private static void refuse(boolean asked, String feature) {
        if (asked) {
            throw new Untranslatable(feature);
        }
    }
}
