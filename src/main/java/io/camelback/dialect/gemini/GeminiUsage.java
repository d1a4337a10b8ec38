package io.camelback.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Usage;
import io.camelback.dialect.Json;

/** Reads {@code usageMetadata} (WIRE.md 2.4): thoughts are counted beside the answer, cached tokens within the prompt. */
final class GeminiUsage {
    private GeminiUsage() { }

    /** @return null when the body reports no usage */
    static Usage read(JsonNode body) {
        JsonNode usage = body.path("usageMetadata");
        if (!usage.has("promptTokenCount") && !usage.has("candidatesTokenCount")) {
            return null;
        }
        long input = Json.count(usage, "promptTokenCount") + Json.count(usage, "toolUsePromptTokenCount");
        long thoughts = Json.count(usage, "thoughtsTokenCount");
        long output = Json.count(usage, "candidatesTokenCount") + thoughts;
        return new Usage(input, Math.min(input, Json.count(usage, "cachedContentTokenCount")), 0, output, thoughts);
    }
}
