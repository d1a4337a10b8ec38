package io.camelback.protocol.openai.chat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Part;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.RequestFields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what a request says of tools, the legacy {@code functions} included. Free-form {@code custom} tools are
 * functions of one text to other dialects. Tools of other types have no neutral form: they stay in the original, so
 * that a provider of the same dialect still gets them, and are not offered by any other.
 */
final class OpenAiToolReader {
    private final RequestFields fields;
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private boolean any;

    OpenAiToolReader(RequestFields fields) {
        this.fields = fields;
    }

    void read(ChatRequestBuilder request) {
        readTools();
        readFunctions();
        JsonNode choice = fields.get("tool_choice");
        JsonNode legacy = fields.get("function_call");
        ToolChoice neutral = choice != null ? choice(choice) : legacy != null ? legacyChoice(legacy) : null;
        String field = choice != null ? "tool_choice" : "function_call";
        if (neutral != null && neutral.forced() && !any) {
            throw fields.invalid(field, "demands a tool, but the request has none");
        }
        if (neutral != null && neutral.name() != null && !tools.containsKey(neutral.name())) {
            throw fields.invalid(field, "names a function that is not among the tools");
        }
        tools.values().forEach(request::tool);
        request.toolChoice(tools.isEmpty() ? null : neutral).parallelCalls(fields.bool("parallel_tool_calls"));
    }

    private void readTools() {
        ArrayNode tools = fields.array("tools");
        for (int i = 0; tools != null && i < tools.size(); i++) {
            any = true;
            RequestFields tool = fields.element("tools", i);
            String type = tool.name("type");
            if (!type.equals("function") && !type.equals("custom")) {
                continue;
            }
            RequestFields inner = tool.get(type) == null && tool.get("name") != null ? tool : tool.object(type);
            if (inner == null) {
                throw tool.invalid(type, "is required: an object with a name");
            }
            if (type.equals("custom")) {
                addCustom(inner);
            } else {
                Part.CacheMark mark = CacheControlFields.mark(tool.node());
                add(inner, mark == null ? CacheControlFields.mark(inner.node()) : mark);
            }
        }
    }

    private void addCustom(RequestFields custom) {
        RequestFields format = custom.object("format");
        RequestFields nested = format == null ? null : format.object("grammar");
        RequestFields grammar = nested == null && format != null && format.get("definition") != null ? format : nested;
        tools.put(
                custom.name("name"),
                CustomTools.function(
                        custom.name("name"),
                        custom.string("description"),
                        grammar == null ? null : grammar.string("syntax"),
                        grammar == null ? null : grammar.string("definition")));
    }

    private void readFunctions() {
        ArrayNode functions = fields.array("functions");
        for (int i = 0; functions != null && i < functions.size(); i++) {
            any = true;
            add(fields.element("functions", i), null);
        }
    }

    private void add(RequestFields function, Part.CacheMark mark) {
        String name = function.name("name");
        RequestFields parameters = function.object("parameters");
        ObjectNode schema = parameters == null ? null : parameters.node();
        tools.put(name, new Tool(name, function.string("description"), schema, function.bool("strict"), mark));
    }

    private ToolChoice choice(JsonNode choice) {
        if (choice.isTextual()) {
            return word("tool_choice", choice.textValue(), true);
        }
        RequestFields object = fields.object("tool_choice");
        switch (object.name("type")) {
            case "function":
                return ToolChoice.named(part(object, "function").name("name"));
            case "custom":
                return ToolChoice.named(part(object, "custom").name("name"));
            case "allowed_tools":
                RequestFields allowed = part(object, "allowed_tools");
                allow(allowed);
                return word("tool_choice.allowed_tools.mode", allowed.name("mode"), true);
            default:
                return null;
        }
    }

    /** Other dialects know no such list: they are not offered the rest. */
    private void allow(RequestFields choice) {
        ArrayNode allowed = choice.array("tools");
        if (allowed != null && !allowed.isEmpty()) {
            tools.keySet().retainAll(allowed.findValuesAsText("name"));
        }
    }

    private ToolChoice legacyChoice(JsonNode choice) {
        return choice.isTextual()
                ? word("function_call", choice.textValue(), false)
                : ToolChoice.named(fields.object("function_call").name("name"));
    }

    private static RequestFields part(RequestFields choice, String field) {
        RequestFields part = choice.get(field) == null && choice.get("name") != null ? choice : choice.object(field);
        if (part == null) {
            throw choice.invalid(field, "is required for this type");
        }
        return part;
    }

    private ToolChoice word(String field, String word, boolean modern) {
        if (modern && word.equals("required")) {
            return ToolChoice.REQUIRED;
        }
        return switch (word) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            default ->
                throw fields.invalid(
                        field, "must be one of none, auto" + (modern ? ", required" : "") + ", or an object");
        };
    }
}
