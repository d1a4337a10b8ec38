package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.RequestFields;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a request says of the tools that run at the caller, see {@link CallerTools}. Hosted tools, which OpenAI
 * runs itself or has trained its models on, have no neutral form: they stay in the original, so that a provider of the
 * same dialect gets them, and are not offered by any other.
 */
final class ResponsesToolReader {
    private final RequestFields fields;
    private final CallerTools callers;
    private final Map<String, Tool> tools = new LinkedHashMap<>();

    ResponsesToolReader(RequestFields fields, CallerTools callers) {
        this.fields = fields;
        this.callers = callers;
    }

    void read(ChatRequestBuilder request) {
        callers.entries().forEach(entry -> tools.put(entry.functionName(), tool(entry)));
        boolean any = !tools.isEmpty() || !callers.providerTools().isEmpty();
        ToolChoice choice = fields.get("tool_choice") == null ? null : choice(fields.get("tool_choice"));
        if (choice != null && choice.forced() && !any) {
            throw fields.invalid("tool_choice", "demands a tool, but the request has none");
        }
        tools.values().forEach(request::tool);
        request.toolChoice(tools.isEmpty() ? null : choice).parallelCalls(fields.bool("parallel_tool_calls"));
    }

    private static Tool tool(CallerTools.Entry entry) {
        RequestFields definition = entry.definition();
        return switch (entry.kind()) {
            case FUNCTION ->
                new Tool(
                        entry.functionName(),
                        definition.string("description"),
                        parameters(definition),
                        definition.bool("strict"));
            case CUSTOM -> custom(entry.functionName(), definition);
            case SEARCH -> new Tool(entry.functionName(), definition.string("description"), searched(definition), null);
        };
    }

    private static ObjectNode parameters(RequestFields definition) {
        RequestFields parameters = definition.object("parameters");
        return parameters == null ? null : parameters.node();
    }

    /** A search without parameters of its own is asked for in words. */
    private static ObjectNode searched(RequestFields definition) {
        ObjectNode given = parameters(definition);
        if (given != null) {
            return given;
        }
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("query").put("type", "string");
        schema.putArray("required").add("query");
        return schema;
    }

    private static Tool custom(String functionName, RequestFields tool) {
        RequestFields format = tool.object("format");
        boolean grammar = format != null && "grammar".equals(format.string("type"));
        return CustomTools.function(
                functionName,
                tool.string("description"),
                grammar ? format.string("syntax") : null,
                grammar ? format.string("definition") : null);
    }

    private ToolChoice choice(JsonNode choice) {
        if (choice.isTextual()) {
            return word("tool_choice", choice.textValue());
        }
        RequestFields object = fields.object("tool_choice");
        switch (object.name("type")) {
            case "function", "custom":
                return named(object);
            case "allowed_tools":
                allow(object);
                return word("tool_choice.mode", object.name("mode"));
            default:
                return null;
        }
    }

    /** Chat Completions has the name one level deeper; clients mix both forms. */
    private ToolChoice named(RequestFields choice) {
        RequestFields inner = choice.object(choice.name("type"));
        RequestFields flat = choice.get("name") == null && inner != null ? inner : choice;
        CallerTools.Entry entry = callers.named(flat.string("namespace"), flat.name("name"));
        if (entry == null) {
            throw flat.invalid("name", "names a tool that is not among the tools");
        }
        return ToolChoice.named(entry.functionName());
    }

    /** Other dialects know no such list: they are not offered the rest. */
    private void allow(RequestFields choice) {
        ArrayNode allowed = choice.array("tools");
        if (allowed == null || allowed.isEmpty()) {
            throw choice.invalid("tools", "is required: an array of at least one tool");
        }
        Set<String> offered = new HashSet<>();
        for (JsonNode tool : allowed) {
            String namespace = tool.path("type").asText().equals("namespace") ? JsonNodes.text(tool, "name") : null;
            for (CallerTools.Entry entry : callers.entries()) {
                if (namespace == null
                        ? entry
                                == callers.named(
                                        JsonNodes.text(tool, "namespace"),
                                        tool.path("name").asText())
                        : namespace.equals(entry.namespace())) {
                    offered.add(entry.functionName());
                }
            }
        }
        tools.keySet().retainAll(offered);
    }

    private ToolChoice word(String field, String word) {
        return switch (word) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default -> throw fields.invalid(field, "must be one of none, auto, required");
        };
    }
}
