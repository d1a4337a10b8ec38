package io.camelback.protocol.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Original;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which rows of the {@link ProtocolFeature} table a caller's body touches with what has no neutral form. */
final class OriginalFeatures {
    /** What both of OpenAI's dialects have. */
    private static final Map<String, ProtocolFeature> OPENAI = Map.of(
            "/prompt_cache_key",
            ProtocolFeature.CACHE_KEY,
            "/prompt_cache_options",
            ProtocolFeature.CACHE_OPTIONS,
            "/service_tier",
            ProtocolFeature.SERVICE_TIER,
            "/store",
            ProtocolFeature.STORE);

    private static final Map<String, ProtocolFeature> CHAT = Map.of(
            "/functions",
            ProtocolFeature.FUNCTIONS,
            "/prediction",
            ProtocolFeature.PREDICTION,
            "/logit_bias",
            ProtocolFeature.LOGIT_BIAS,
            "/verbosity",
            ProtocolFeature.VERBOSITY);
    private static final Map<String, ProtocolFeature> RESPONSES = Map.of(
            "/text/verbosity",
            ProtocolFeature.VERBOSITY,
            "/reasoning/summary",
            ProtocolFeature.THINKING_SHOWN,
            "/max_tool_calls",
            ProtocolFeature.MOST_CALLS);
    private static final Map<String, ProtocolFeature> ANTHROPIC = Map.of(
            "/thinking/display",
            ProtocolFeature.THINKING_SHOWN,
            "/speed",
            ProtocolFeature.SPEED,
            "/inference_geo",
            ProtocolFeature.SPEED,
            "/container",
            ProtocolFeature.CONTEXT_MANAGEMENT,
            "/context_management",
            ProtocolFeature.CONTEXT_MANAGEMENT,
            "/mcp_servers",
            ProtocolFeature.CONTEXT_MANAGEMENT);
    private static final Map<String, ProtocolFeature> GEMINI = Map.of(
            "/safetySettings",
            ProtocolFeature.SAFETY_SETTINGS,
            "/cachedContent",
            ProtocolFeature.CACHED_CONTENT,
            "/generationConfig/mediaResolution",
            ProtocolFeature.MEDIA_RESOLUTION,
            "/generationConfig/thinkingConfig/includeThoughts",
            ProtocolFeature.THINKING_SHOWN);
    private static final Map<String, List<Map<String, ProtocolFeature>>> FIELDS = Map.of(
            "openai",
            List.of(OPENAI, CHAT),
            "responses",
            List.of(OPENAI, RESPONSES),
            "anthropic",
            List.of(ANTHROPIC),
            "gemini",
            List.of(GEMINI));

    private final ObjectNode body;
    private final Set<ProtocolFeature> found;

    private OriginalFeatures(ObjectNode body, Set<ProtocolFeature> found) {
        this.body = body;
        this.found = found;
    }

    /** @param found is added to */
    static void find(Original original, Set<ProtocolFeature> found) {
        OriginalFeatures look = new OriginalFeatures(original.body(), found);
        FIELDS.getOrDefault(original.dialect(), List.of())
                .forEach(fields -> fields.forEach((pointer, feature) -> look.add(
                        feature,
                        !look.at(pointer).isMissingNode() && !look.at(pointer).isNull())));
        switch (original.dialect()) {
            case "anthropic" -> look.anthropic();
            case "gemini" -> look.gemini();
            default -> look.openAi();
        }
    }

    /** What stands at a pointer, in Google's own spelling or in snake_case. */
    private JsonNode at(String pointer) {
        JsonNode value = body.at(pointer);
        return value.isMissingNode()
                ? body.at(pointer.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                : value;
    }

    private void openAi() {
        add(ProtocolFeature.CACHE_BREAKPOINTS, body.findValue("prompt_cache_breakpoint") != null);
        add(ProtocolFeature.CHOICE_SUBSET, at("/tool_choice/type").asText().equals("allowed_tools"));
    }

    private void anthropic() {
        JsonNode messages = body.path("messages");
        add(ProtocolFeature.SEARCH_RESULT, messages.findValuesAsText("type").contains("search_result"));
        add(
                ProtocolFeature.FILE_CONTEXT,
                messages.findParents("context").stream()
                        .anyMatch(block -> block.path("type").asText().equals("document")));
        add(
                ProtocolFeature.CITATIONS,
                messages.findValues("citations").stream()
                        .anyMatch(wish -> wish.path("enabled").asBoolean()));
        body.path("tools").forEach(tool -> add(ProtocolFeature.TOOL_EXAMPLES, tool.has("input_examples")));
    }

    private void gemini() {
        add(
                ProtocolFeature.CHOICE_SUBSET,
                at("/toolConfig/functionCallingConfig/allowedFunctionNames").size() > 1);
        String type = at("/generationConfig/responseMimeType").asText();
        add(ProtocolFeature.ONE_OF_WORDS, type.equals("text/x.enum"));
        for (String field : List.of("/responseSchema", "/responseJsonSchema", "/_responseJsonSchema")) {
            JsonNode wanted = at("/generationConfig" + field).path("type");
            add(
                    ProtocolFeature.OTHER_JSON,
                    type.equals("application/json")
                            && wanted.isTextual()
                            && !wanted.textValue().equalsIgnoreCase("object"));
        }
    }

    private void add(ProtocolFeature feature, boolean there) {
        if (there) {
            found.add(feature);
        }
    }
}
