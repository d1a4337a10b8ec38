package io.camelback.protocol.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ToolChoice;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.WebSearchTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tools that a provider runs itself, or has trained its models on: searches, containers, remote servers, the computer.
 * No other dialect has them. Where the caller offers tools of its own beside them, another provider gets those alone:
 * Claude Code and Codex always send some. A request that comes to nothing without them passes such a target over; but a
 * search of the web, when it is all that is asked for, is asked of any maker that has one.
 */
public final class ProviderTools {
    /** Tools of the caller's, in OpenAI's dialects. */
    private static final Set<String> CALLERS = Set.of("function", "custom");

    private static final Set<String> FUNCTIONS = Set.of("functionDeclarations", "function_declarations");
    private static final String TYPE = "type";

    private final List<String> names = new ArrayList<>();
    private final List<WebSearchTool> searches = new ArrayList<>();
    private boolean forced;

    private ProviderTools() {}

    /**
     * What is left of them for a target of another dialect.
     *
     * @param target the target's dialect
     * @param searches whether it can search the web
     * @return the search to be written; empty when there is none, or when the caller's own tools do without
     * @throws UnsupportedFeatureException when the request comes to nothing without them
     */
    public static Optional<WebSearchTool> search(ChatRequest request, String target, boolean searches) {
        ChatRequest.Original original = request.original();
        if (original == null || target.equals(original.dialect())) {
            return Optional.empty();
        }
        ProviderTools tools = of(original);
        boolean mayNot = request.toolChoice() != null && request.toolChoice().mode() == ToolChoice.Mode.NONE
                || original.body().path("tool_choice").asText().equals("none")
                || original.body().path("tool_choice").path(TYPE).asText().equals("none");
        boolean enough = !request.tools().isEmpty() && !tools.forced;
        if (tools.names.isEmpty() || mayNot || enough) {
            return Optional.empty();
        }
        boolean onlySearch =
                tools.searches.size() == tools.names.size() && request.tools().isEmpty();
        if (!onlySearch || !searches) {
            throw new UnsupportedFeatureException("the tool " + tools.names.get(0) + ", which its provider runs");
        }
        return Optional.of(tools.searches.get(0));
    }

    /**
     * The row of the table that a request's tools of this kind are told in; empty when it has none. @param request one
     * received
     */
    static Optional<ProtocolFeature> feature(ChatRequest request) {
        ProviderTools tools = of(request.original());
        if (tools.names.isEmpty()) {
            return Optional.empty();
        }
        boolean alone = request.tools().isEmpty();
        if (alone && tools.searches.size() == tools.names.size()) {
            return Optional.of(ProtocolFeature.WEB_SEARCH);
        }
        return Optional.of(
                switch (request.original().dialect()) {
                    case "anthropic" -> alone ? ProtocolFeature.ONLY_ANTHROPIC_TOOLS : ProtocolFeature.ANTHROPIC_TOOLS;
                    case "gemini" -> alone ? ProtocolFeature.ONLY_GOOGLE_TOOLS : ProtocolFeature.GOOGLE_TOOLS;
                    default -> alone ? ProtocolFeature.ONLY_OPENAI_TOOLS : ProtocolFeature.OPENAI_TOOLS;
                });
    }

    private static ProviderTools of(ChatRequest.Original original) {
        ProviderTools tools = new ProviderTools();
        switch (original.dialect()) {
            case "anthropic" -> tools.anthropic(original.body());
            case "gemini" -> tools.gemini(original.body());
            case "openai" -> tools.openAi(original.body(), original.body().path("tools"));
            case "responses" ->
                tools.openAi(original.body(), CallerTools.of(original.body()).providerTools());
            default -> {}
        }
        return tools;
    }

    private void anthropic(ObjectNode body) {
        JsonNode choice = body.path("tool_choice");
        for (JsonNode tool : body.path("tools")) {
            String type = tool.path(TYPE).asText("custom");
            if (!type.equals("custom")) {
                add(type, type.startsWith("web_search_") ? WebSearchTool.anthropic(tool) : null);
                forced |= choice.path(TYPE).asText().equals("tool")
                        && choice.path("name").asText().equals(tool.path("name").asText());
            }
        }
    }

    private void gemini(ObjectNode body) {
        for (JsonNode tool : body.path("tools").isObject() ? List.of(body.get("tools")) : body.path("tools")) {
            tool.properties().forEach(field -> {
                if (!FUNCTIONS.contains(field.getKey()) && !field.getValue().isNull()) {
                    boolean search = field.getKey().matches("google_?[sS]earch(_?[rR]etrieval)?");
                    add(field.getKey(), search ? new WebSearchTool(List.of(), List.of(), null) : null);
                }
            });
        }
    }

    private void openAi(ObjectNode body, Iterable<JsonNode> offered) {
        for (JsonNode tool : offered) {
            String type = tool.path(TYPE).asText("function");
            if (!CALLERS.contains(type)) {
                add(type, type.startsWith("web_search") ? WebSearchTool.responses(tool) : null);
            }
        }
        if (body.path("web_search_options").isObject()) {
            add("web_search_options", WebSearchTool.chat(body.get("web_search_options")));
        }
        JsonNode choice = body.path("tool_choice");
        forced = choice.isObject()
                && !CALLERS.contains(choice.path(TYPE).asText())
                && !choice.path(TYPE).asText().equals("allowed_tools");
    }

    private void add(String name, WebSearchTool search) {
        names.add(name);
        if (search != null) {
            searches.add(search);
        }
    }
}
