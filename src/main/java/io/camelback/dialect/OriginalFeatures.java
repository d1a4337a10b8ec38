package io.camelback.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Original;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which rows of the {@link Feature} table a caller's body touches with what has no neutral form. */
final class OriginalFeatures {
    /** What both of OpenAI's dialects have. */
    private static final Map<String, Feature> OPENAI = Map.of("/prompt_cache_key", Feature.CACHE_KEY,
            "/prompt_cache_options", Feature.CACHE_OPTIONS, "/service_tier", Feature.SERVICE_TIER, "/store", Feature.STORE);
    private static final Map<String, Feature> CHAT = Map.of("/functions", Feature.FUNCTIONS, "/prediction", Feature.PREDICTION,
            "/logit_bias", Feature.LOGIT_BIAS, "/verbosity", Feature.VERBOSITY);
    private static final Map<String, Feature> RESPONSES = Map.of("/text/verbosity", Feature.VERBOSITY,
            "/reasoning/summary", Feature.THINKING_SHOWN, "/max_tool_calls", Feature.MOST_CALLS);
    private static final Map<String, Feature> ANTHROPIC = Map.of("/thinking/display", Feature.THINKING_SHOWN,
            "/speed", Feature.SPEED, "/inference_geo", Feature.SPEED, "/container", Feature.CONTEXT_MANAGEMENT,
            "/context_management", Feature.CONTEXT_MANAGEMENT, "/mcp_servers", Feature.CONTEXT_MANAGEMENT);
    private static final Map<String, Feature> GEMINI = Map.of("/safetySettings", Feature.SAFETY_SETTINGS,
            "/cachedContent", Feature.CACHED_CONTENT, "/generationConfig/mediaResolution", Feature.MEDIA_RESOLUTION,
            "/generationConfig/thinkingConfig/includeThoughts", Feature.THINKING_SHOWN);
    private static final Map<String, List<Map<String, Feature>>> FIELDS = Map.of("openai", List.of(OPENAI, CHAT),
            "responses", List.of(OPENAI, RESPONSES), "anthropic", List.of(ANTHROPIC), "gemini", List.of(GEMINI));

    private final ObjectNode body;
    private final Set<Feature> found;

    private OriginalFeatures(ObjectNode body, Set<Feature> found) {
        this.body = body;
        this.found = found;
    }

    /** @param found is added to */
    static void find(Original original, Set<Feature> found) {
        OriginalFeatures look = new OriginalFeatures(original.body(), found);
        FIELDS.getOrDefault(original.dialect(), List.of()).forEach(fields -> fields.forEach((pointer, feature) ->
                look.add(feature, !look.at(pointer).isMissingNode() && !look.at(pointer).isNull())));
        switch (original.dialect()) {
            case "anthropic" -> look.anthropic();
            case "gemini" -> look.gemini();
            default -> look.openAi();
        }
    }

    /** What stands at a pointer, in Google's own spelling or in snake_case. */
    private JsonNode at(String pointer) {
        JsonNode value = body.at(pointer);
        return value.isMissingNode() ? body.at(pointer.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)) : value;
    }

    private void openAi() {
        add(Feature.CACHE_BREAKPOINTS, body.findValue("prompt_cache_breakpoint") != null);
        add(Feature.CHOICE_SUBSET, at("/tool_choice/type").asText().equals("allowed_tools"));
    }

    private void anthropic() {
        JsonNode messages = body.path("messages");
        add(Feature.SEARCH_RESULT, messages.findValuesAsText("type").contains("search_result"));
        add(Feature.FILE_CONTEXT, messages.findParents("context").stream()
                .anyMatch(block -> block.path("type").asText().equals("document")));
        add(Feature.CITATIONS, messages.findValues("citations").stream().anyMatch(wish -> wish.path("enabled").asBoolean()));
        body.path("tools").forEach(tool -> add(Feature.TOOL_EXAMPLES, tool.has("input_examples")));
    }

    private void gemini() {
        add(Feature.CHOICE_SUBSET, at("/toolConfig/functionCallingConfig/allowedFunctionNames").size() > 1);
        String type = at("/generationConfig/responseMimeType").asText();
        add(Feature.ONE_OF_WORDS, type.equals("text/x.enum"));
        for (String field : List.of("/responseSchema", "/responseJsonSchema", "/_responseJsonSchema")) {
            JsonNode wanted = at("/generationConfig" + field).path("type");
            add(Feature.OTHER_JSON, type.equals("application/json") && wanted.isTextual()
                    && !wanted.textValue().equalsIgnoreCase("object"));
        }
    }

    private void add(Feature feature, boolean there) {
        if (there) {
            found.add(feature);
        }
    }
}
