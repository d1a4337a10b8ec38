package io.camelback.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderLimit;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StableId;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.support.ToolSchemaAdapter;
import io.camelback.protocol.support.ToolSchemaAdapter.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What both of OpenAI's dialects have and no other: hints without a neutral form that a request keeps on its way from
 * Chat Completions to Responses or back, so long as it is OpenAI that gets it; and what they write alike.
 */
public final class OpenAiSharedFields {
    private static final String TIER = "service_tier";
    /** A tier that Chat Completions does not have. */
    private static final String ONLY_THERE = "ultrafast";

    private static final List<String> FIELDS = List.of(TIER, "prompt_cache_key", "prompt_cache_options");
    private static final String VERBOSITY = "verbosity";
    private static final String TEXT = "text";
    private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    /** OpenAI answers 400 to longer ids, and Claude Code's are. */
    private static final int MAX_USER = 64;

    private static final Set<Rule> OWN_RULES = Set.of(Rule.PLAIN_ROOT, Rule.ROOT_PROPERTIES, Rule.ARRAY_ITEMS);
    private static final Set<Rule> ALL_RULES = Set.of(Rule.values());
    private static final Set<Rule> COMPATIBLE_RULES = Set.of(Rule.MODERN, Rule.ROOT_PROPERTIES);

    private OpenAiSharedFields() {}

    /** Adds what a Chat Completions request says beside its neutral form to a body for Responses. */
    public static void toResponses(ChatRequest request, ObjectNode body) {
        ObjectNode from = original(request, ProtocolNames.OPENAI);
        copy(from, body);
        if (JsonNodes.has(from, VERBOSITY)) {
            body.withObjectProperty(TEXT).set(VERBOSITY, from.get(VERBOSITY));
        }
    }

    /** Adds what a Responses request says beside its neutral form to a body for Chat Completions. */
    public static void toChat(ChatRequest request, ObjectNode body) {
        ObjectNode from = original(request, "responses");
        copy(from, body);
        if (ONLY_THERE.equals(body.path(TIER).asText())) {
            body.remove(TIER);
        }
        JsonNode text = from.path(TEXT);
        if (JsonNodes.has(text, VERBOSITY)) {
            body.set(VERBOSITY, text.get(VERBOSITY));
        }
    }

    /** The caller's user as OpenAI takes it; null when none was said. */
    public static String user(ChatRequest request) {
        String user = request.user();
        return user != null && user.length() > MAX_USER ? StableId.of(user, 32) : user;
    }

    /**
     * Adds name, description and parameters of a function.
     *
     * @throws UnsupportedFeatureException when OpenAI would refuse the name
     */
    public static ObjectNode describe(Tool tool, ProviderModel target, ObjectNode function) {
        if (OpenAiCompatibleServers.isOpenAi(target)
                && !TOOL_NAME.matcher(tool.name()).matches()) {
            throw new UnsupportedFeatureException("a tool name other than 1 to 64 letters, digits, _ and -");
        }
        function.put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        if (tool.parameters() == null) {
            function.putObject("parameters").put("type", "object").putObject("properties");
        } else {
            function.set("parameters", ToolSchemaAdapter.fit(tool.parameters(), rules(target)));
        }
        return function;
    }

    private static Set<Rule> rules(ProviderModel target) {
        return OpenAiCompatibleServers.isOpenAi(target) ? ALL_RULES : COMPATIBLE_RULES;
    }

    /**
     * A caller's own tools with schemas that the target's server is not known to refuse.
     *
     * @param format the API format that they are written in
     * @param field where a tool has its function; null for tools that are flat
     */
    public static ArrayNode fitTools(ArrayNode tools, ProviderModel target, String format, String field) {
        Set<ProviderLimit> limits = ProviderLimit.of(format, target.provider());
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        for (Rule rule : OWN_RULES) {
            if (limits.contains(ProviderLimit.valueOf(rule.name()))) {
                rules.add(rule);
            }
        }
        return rules.isEmpty() ? tools : JsonNodes.map(tools, tool -> fitTool(tool, rules, field));
    }

    private static ObjectNode fitTool(ObjectNode tool, Set<Rule> rules, String field) {
        if (tool.get("tools") instanceof ArrayNode children) {
            ArrayNode fitted = JsonNodes.map(children, child -> fitTool(child, rules, field));
            return fitted == children ? tool : JsonNodes.with(tool, "tools", fitted);
        }
        if (field != null && tool.get(field) instanceof ObjectNode function) {
            ObjectNode fitted = fitTool(function, rules, null);
            return fitted == function ? tool : JsonNodes.with(tool, field, fitted);
        }
        if (!(tool.get("parameters") instanceof ObjectNode schema)) {
            return tool;
        }
        ObjectNode fitted = ToolSchemaAdapter.fit(schema, rules);
        return fitted == schema ? tool : JsonNodes.with(tool, "parameters", fitted);
    }

    /** Empty when the request came in another dialect. */
    private static ObjectNode original(ChatRequest request, String dialect) {
        ChatRequest.Original original = request.original();
        return original != null && dialect.equals(original.dialect()) ? original.body() : Json.object();
    }

    private static void copy(ObjectNode from, ObjectNode to) {
        for (String field : FIELDS) {
            if (JsonNodes.has(from, field)) {
                to.set(field, from.get(field));
            }
        }
    }
}
