package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.openai.chat.ToolCallTracker;
import io.camelback.protocol.support.PromptInstructions;
import java.util.List;

/** Fits tools and the choice among them to a target. */
final class OpenAiToolAdapter {
    private OpenAiToolAdapter() {}

    static void fit(ObjectNode body, ProviderModel target, List<String> instructions) {
        if (!target.supports(UnsupportedParameter.STRICT_TOOLS) && body.get("tools") instanceof ArrayNode tools) {
            body.set("tools", JsonNodes.map(tools, OpenAiToolAdapter::withoutStrict));
        }
        if (!target.supports(UnsupportedParameter.TOOLS_WITH_EFFORT)
                && !body.path("tools").isEmpty()) {
            body.put("reasoning_effort", "none");
        }
        if (!target.supports(UnsupportedParameter.FORCED_TOOL_CHOICE)) {
            relax(body, "tool_choice", instructions);
            relax(body, "function_call", instructions);
        }
    }

    private static ObjectNode withoutStrict(ObjectNode tool) {
        if (!(tool.get("function") instanceof ObjectNode function) || !function.has("strict")) {
            return tool;
        }
        return JsonNodes.with(tool, "function", JsonNodes.without(function, "strict"));
    }

    private static void relax(ObjectNode body, String field, List<String> instructions) {
        JsonNode choice = body.path(field);
        if (choice.isTextual()) {
            if (choice.textValue().equals("required") || choice.textValue().equals("any")) {
                instructions.add(PromptInstructions.ANY_TOOL);
                body.put(field, "auto");
            }
            return;
        }
        if (choice.get("allowed_tools") instanceof ObjectNode allowed) {
            if (allowed.path("mode").asText().equals("required")) {
                instructions.add(PromptInstructions.ANY_TOOL);
                body.set(
                        field,
                        JsonNodes.with((ObjectNode) choice, "allowed_tools", JsonNodes.with(allowed, "mode", "auto")));
            }
        } else if (choice.isObject()) {
            JsonNode named = choice.has("name") ? choice : ToolCallTracker.function(choice);
            instructions.add(
                    named.has("name")
                            ? PromptInstructions.tool(named.path("name").asText())
                            : PromptInstructions.ANY_TOOL);
            body.set(field, Json.of("auto"));
        }
    }
}
