package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Instructions;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Wire;
import java.util.List;

/** Fits tools and the choice among them to a target. */
final class ToolFit {
    private ToolFit() { }

    static void fit(ObjectNode body, Target target, List<String> instructions) {
        if (!target.takes(Refusal.STRICT_TOOLS) && body.get("tools") instanceof ArrayNode tools) {
            body.set("tools", Wire.map(tools, ToolFit::withoutStrict));
        }
        if (!target.takes(Refusal.TOOLS_WITH_EFFORT) && body.has("tools")) {
            body.put("reasoning_effort", "none");
        }
        if (!target.takes(Refusal.FORCED_TOOL_CHOICE)) {
            relax(body, "tool_choice", instructions);
            relax(body, "function_call", instructions);
        }
    }

    private static ObjectNode withoutStrict(ObjectNode tool) {
        if (!(tool.get("function") instanceof ObjectNode function) || !function.has("strict")) {
            return tool;
        }
        return Wire.with(tool, "function", Wire.without(function, "strict"));
    }

    private static void relax(ObjectNode body, String field, List<String> instructions) {
        JsonNode choice = body.path(field);
        if (choice.isTextual()) {
            if (choice.textValue().equals("required") || choice.textValue().equals("any")) {
                instructions.add(Instructions.ANY_TOOL);
                body.put(field, "auto");
            }
            return;
        }
        if (choice.get("allowed_tools") instanceof ObjectNode allowed) {
            if (allowed.path("mode").asText().equals("required")) {
                instructions.add(Instructions.ANY_TOOL);
                body.set(field, Wire.with((ObjectNode) choice, "allowed_tools", Wire.with(allowed, "mode", "auto")));
            }
        } else if (choice.isObject()) {
            JsonNode named = choice.has("name") ? choice : ToolCallTracker.function(choice);
            instructions.add(named.has("name") ? Instructions.tool(named.path("name").asText()) : Instructions.ANY_TOOL);
            body.set(field, Json.of("auto"));
        }
    }
}
