package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ArgumentNames;
import io.camelback.protocol.support.ToolSchemaAdapter;
import io.camelback.protocol.support.UniqueTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A caller's own tools as every Messages server takes them: a chain that begins with a tolerant server must not end at
 * the first strict one. Tools that need nothing, and calls of the history, stay the very same nodes. An empty list
 * goes, and with it, or without any tools, the choice among them.
 */
final class AnthropicOriginalTools {
    private static final String TOOLS = "tools";
    private static final String SCHEMA = "input_schema";
    private static final String INPUT = "input";
    private static final Set<ToolSchemaAdapter.Rule> RULES = Set.of(ToolSchemaAdapter.Rule.PLAIN_ROOT);

    private AnthropicOriginalTools() {}

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body) {
        if (body.path(TOOLS).isEmpty()) {
            body.remove(TOOLS);
            body.remove("tool_choice");
            return;
        }
        if (!(body.get(TOOLS) instanceof ArrayNode given)) {
            return;
        }
        ArrayNode tools = UniqueTools.once(given, tool -> JsonNodes.text(tool, "name"));
        List<ObjectNode> schemas = new ArrayList<>();
        tools.forEach(tool -> {
            if (tool.get(SCHEMA) instanceof ObjectNode schema) {
                schemas.add(schema);
            }
        });
        ArgumentNames names = ArgumentNames.of(schemas, AnthropicProviderCodec.ARGUMENT);
        ArrayNode fitted = JsonNodes.map(tools, tool -> tool(tool, names));
        if (fitted != given) {
            body.set(TOOLS, fitted);
        }
        if (names != ArgumentNames.UNCHANGED && body.get("messages") instanceof ArrayNode messages) {
            body.set("messages", JsonNodes.map(messages, message -> message(message, names)));
        }
    }

    private static ObjectNode tool(ObjectNode tool, ArgumentNames names) {
        if (!(tool.get(SCHEMA) instanceof ObjectNode schema)) {
            return tool;
        }
        ObjectNode fitted = names.sentSchema(ToolSchemaAdapter.fit(schema, RULES));
        return fitted.equals(schema) ? tool : JsonNodes.with(tool, SCHEMA, fitted);
    }

    private static ObjectNode message(ObjectNode message, ArgumentNames names) {
        if (!(message.get("content") instanceof ArrayNode blocks)) {
            return message;
        }
        ArrayNode renamed = JsonNodes.map(blocks, block -> {
            boolean call = block.path("type").asText().equals("tool_use") && block.has(INPUT);
            return call ? JsonNodes.with(block, INPUT, names.sent(block.get(INPUT))) : block;
        });
        return renamed == blocks ? message : JsonNodes.with(message, "content", renamed);
    }
}
