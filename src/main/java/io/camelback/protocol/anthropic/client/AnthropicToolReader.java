package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.RequestFields;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads {@code tools} and {@code tool_choice}. Tools with a type of their own, which Anthropic runs or has trained,
 * stay in the original.
 */
final class AnthropicToolReader {
    private final RequestFields fields;
    private final Set<String> custom = new HashSet<>();
    private final Set<String> typed = new HashSet<>();

    AnthropicToolReader(RequestFields fields) {
        this.fields = fields;
    }

    void read(ChatRequestBuilder request) {
        ArrayNode tools = fields.array("tools");
        for (int i = 0; tools != null && i < tools.size(); i++) {
            readTool(fields.element("tools", i), request);
        }
        RequestFields choice = fields.object("tool_choice");
        if (choice == null) {
            return;
        }
        ToolChoice neutral = choice(choice);
        if (neutral.forced() && custom.isEmpty() && typed.isEmpty()) {
            throw fields.invalid("tool_choice", "demands a tool, but the request has none");
        }
        Boolean oneAtATime = choice.bool("disable_parallel_tool_use");
        request.parallelCalls(oneAtATime == null ? null : Boolean.valueOf(!oneAtATime));
        boolean known = neutral.name() == null || custom.contains(neutral.name());
        request.toolChoice(known && !custom.isEmpty() ? neutral : null);
    }

    private void readTool(RequestFields tool, ChatRequestBuilder request) {
        String type = tool.string("type");
        if (type != null && !type.equals("custom")) {
            String name = tool.string("name");
            typed.add(name == null ? type : name);
            return;
        }
        String name = tool.name("name");
        RequestFields schema = tool.object("input_schema");
        if (schema == null) {
            throw tool.invalid("input_schema", "is required: a JSON Schema");
        }
        custom.add(name);
        request.tool(new Tool(
                name,
                tool.string("description"),
                schema.node(),
                tool.bool("strict"),
                CacheControlFields.mark(tool.node())));
    }

    private ToolChoice choice(RequestFields choice) {
        switch (choice.name("type")) {
            case "auto":
                return ToolChoice.AUTO;
            case "any":
                return ToolChoice.REQUIRED;
            case "none":
                return ToolChoice.NONE;
            case "tool":
                String name = choice.name("name");
                if (!custom.contains(name) && !typed.contains(name)) {
                    throw choice.invalid("name", "is not among the tools");
                }
                return ToolChoice.named(name);
            default:
                throw choice.invalid("type", "must be one of auto, any, tool, none");
        }
    }
}
