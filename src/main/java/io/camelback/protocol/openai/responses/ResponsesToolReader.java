package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.RequestFields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what a request says of tools. Hosted tools, which OpenAI runs itself or has trained its models on, have no
 * neutral form: they stay in the original, so that a provider of the same dialect gets them, and are not offered by any
 * other.
 */
final class ResponsesToolReader {
    private final RequestFields fields;
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private boolean any;

    ResponsesToolReader(RequestFields fields) {
        this.fields = fields;
    }

    void read(ChatRequestBuilder request) {
        ArrayNode list = fields.array("tools");
        for (int i = 0; list != null && i < list.size(); i++) {
            any = true;
            read(fields.element("tools", i));
        }
        ToolChoice choice = fields.get("tool_choice") == null ? null : choice(fields.get("tool_choice"));
        if (choice != null && choice.forced() && !any) {
            throw fields.invalid("tool_choice", "demands a tool, but the request has none");
        }
        tools.values().forEach(request::tool);
        request.toolChoice(tools.isEmpty() ? null : choice).parallelCalls(fields.bool("parallel_tool_calls"));
    }

    private void read(RequestFields tool) {
        switch (tool.name("type")) {
            case "function" -> {
                RequestFields parameters = tool.object("parameters");
                tools.put(
                        tool.name("name"),
                        new Tool(
                                tool.name("name"),
                                tool.string("description"),
                                parameters == null ? null : parameters.node(),
                                tool.bool("strict")));
            }
            case "custom" -> tools.put(tool.name("name"), custom(tool));
            default -> {}
        }
    }

    private static Tool custom(RequestFields tool) {
        RequestFields format = tool.object("format");
        boolean grammar = format != null && "grammar".equals(format.string("type"));
        return CustomTools.function(
                tool.name("name"),
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
                if (!tools.containsKey(object.name("name"))) {
                    throw object.invalid("name", "names a tool that is not among the tools");
                }
                return ToolChoice.named(object.name("name"));
            case "allowed_tools":
                allow(object);
                return word("tool_choice.mode", object.name("mode"));
            default:
                return null;
        }
    }

    /** Other dialects know no such list: they are not offered the rest. */
    private void allow(RequestFields choice) {
        ArrayNode allowed = choice.array("tools");
        if (allowed == null || allowed.isEmpty()) {
            throw choice.invalid("tools", "is required: an array of at least one tool");
        }
        tools.keySet().retainAll(allowed.findValuesAsText("name"));
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
