package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tools of a Responses request that run at the caller, wherever they stand: in {@code tools}, in an item
 * {@code additional_tools}, in what the caller's own tool search found, and inside of a {@code namespace}. Other
 * formats have one list of functions: there a tool of a namespace is a function whose name begins with the namespace. A
 * call of it becomes a call of the tool in its namespace again. Everything follows from the request, nothing is kept.
 *
 * @see <a href="https://github.com/openai/codex/issues/27423">Codex, on the types of input items</a>
 */
public final class CallerTools {
    /** The name of the function that stands for a search among the caller's tools. */
    public static final String SEARCH = "tool_search";

    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String TOOLS = "tools";
    private static final String BETWEEN = "__";

    /** How a tool is called and answered. */
    public enum Kind {
        FUNCTION,
        CUSTOM,
        SEARCH
    }

    /**
     * One tool.
     *
     * @param functionName by which other formats know it; unique in the request
     * @param namespace null when it stands in none
     * @param definition its fields as OpenAI spells them, flat
     */
    public record Entry(String functionName, String namespace, String name, Kind kind, RequestFields definition) {
        private boolean is(String space, String toolName) {
            return name.equals(toolName) && Objects.equals(namespace, space);
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<JsonNode> providerTools = new ArrayList<>();

    private CallerTools() {}

    /** @param request null, or of another format, when it has no such tools */
    public static CallerTools of(ChatRequest request) {
        ChatRequest.Original original = request == null ? null : request.original();
        return original != null && ProtocolNames.RESPONSES.equals(original.dialect())
                ? of(original.body())
                : new CallerTools();
    }

    public static CallerTools of(ObjectNode body) {
        return of(new RequestFields(body, ""));
    }

    /** Of several definitions with one name the last counts, at the place of the first: prompt caches hit. */
    public static CallerTools of(RequestFields request) {
        CallerTools tools = new CallerTools();
        tools.addAll(request, null);
        if (request.get("input") instanceof ArrayNode items) {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i).isObject() && holdsTools(items.get(i))) {
                    tools.addAll(request.element("input", i), null);
                }
            }
        }
        return tools;
    }

    /** Whether an item of the input defines tools. */
    public static boolean holdsTools(JsonNode item) {
        String type = item.path(TYPE).asText();
        return type.equals("additional_tools") || type.equals("tool_search_output");
    }

    private void addAll(RequestFields holder, String namespace) {
        ArrayNode list = holder.array(TOOLS);
        for (int i = 0; list != null && i < list.size(); i++) {
            add(holder.element(TOOLS, i), namespace);
        }
    }

    private void add(RequestFields tool, String namespace) {
        String type = tool.string(TYPE) == null ? "function" : tool.string(TYPE);
        switch (type) {
            case "namespace" -> addAll(tool, namespace == null ? tool.name(NAME) : namespace);
            case "function" -> put(Kind.FUNCTION, namespace, flat(tool, type));
            case "custom" -> put(Kind.CUSTOM, namespace, flat(tool, type));
            default -> {
                if (isCallersSearch(tool.node())) {
                    entries.put(SEARCH, new Entry(SEARCH, null, SEARCH, Kind.SEARCH, tool));
                } else {
                    providerTools.add(tool.node());
                }
            }
        }
    }

    /** Chat Completions has the fields one level deeper; clients mix both forms. */
    private static RequestFields flat(RequestFields tool, String type) {
        return tool.get(NAME) == null && tool.get(type) != null ? tool.object(type) : tool;
    }

    private static boolean isCallersSearch(JsonNode tool) {
        return tool.path(TYPE).asText().equals(SEARCH)
                && tool.path("execution").asText().equals("client");
    }

    private void put(Kind kind, String namespace, RequestFields tool) {
        String name = tool.name(NAME);
        String functionName = functionName(namespace, name);
        entries.put(functionName, new Entry(functionName, namespace, name, kind, tool));
    }

    /** The name of a tool's function, also of a tool that the request no longer offers. @param namespace may be null */
    public String functionName(String namespace, String name) {
        if (namespace == null || namespace.isEmpty()) {
            return name;
        }
        String joined = joined(namespace, name);
        Entry taken = entries.get(joined);
        return taken == null || taken.is(namespace, name)
                ? joined
                : joined + "_" + StableId.hex(namespace + "\n" + name, 4);
    }

    /** The name of a function for a tool of a namespace, where no other tool has that name. */
    public static String joined(String namespace, String name) {
        return namespace == null || namespace.isEmpty()
                ? name
                : namespace + (namespace.endsWith(BETWEEN) ? "" : BETWEEN) + name;
    }

    /** All of them, in the order in which they first stand in the request. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The tools that OpenAI runs. */
    public List<JsonNode> providerTools() {
        return providerTools;
    }

    /** Null when the request has no such tool. */
    public Entry byFunctionName(String functionName) {
        return entries.get(functionName);
    }

    /**
     * The tool that a choice names.
     *
     * @param namespace null when it names none: then a tool of any namespace is meant that has the name
     * @return null when there is none
     */
    public Entry named(String namespace, String name) {
        Entry exact = entries.get(functionName(namespace, name));
        if (exact != null || namespace != null) {
            return exact;
        }
        return entries.values().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The names of the functions that an item of the input defines. */
    public List<String> found(ObjectNode item) {
        CallerTools own = new CallerTools();
        own.addAll(new RequestFields(item, ""), null);
        return own.entries.values().stream()
                .map(entry -> functionName(entry.namespace(), entry.name()))
                .toList();
    }
}
