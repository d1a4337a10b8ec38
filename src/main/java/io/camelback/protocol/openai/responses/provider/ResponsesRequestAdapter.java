package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.support.PromptInstructions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fits a request to one target: leaves out what it refuses, says it another way, or gives the target up. */
final class ResponsesRequestAdapter {
    /** OpenAI answers 400 to less. */
    private static final int MIN_OUTPUT = 16;

    private static final String LIMIT = "max_output_tokens";
    private static final Map<UnsupportedParameter, List<String>> FIELDS = Map.of(
            UnsupportedParameter.TEMPERATURE, List.of("temperature"),
            UnsupportedParameter.TOP_P, List.of("top_p"),
            UnsupportedParameter.LOGPROBS, List.of("top_logprobs"),
            UnsupportedParameter.PARALLEL_TOOL_CALLS, List.of("parallel_tool_calls"));

    private ResponsesRequestAdapter() {}

    static boolean isOpenAi(ProviderModel target) {
        return "openai".equals(target.provider());
    }

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body, ProviderModel target) {
        ResponsesCapabilityCheck.check(body, target);
        for (UnsupportedParameter refusal : target.refuses()) {
            body.remove(FIELDS.getOrDefault(refusal, List.of()));
        }
        fitLimit(body, target);
        fitEffort(body, target);
        List<String> lines = new ArrayList<>();
        fitTools(body, target, lines);
        fitFormat(body, target, lines);
        if (!lines.isEmpty()) {
            String instructions = body.path("instructions").asText("");
            body.put("instructions", (instructions.isEmpty() ? "" : instructions + "\n\n") + String.join("\n", lines));
        }
        if (body.get("input") instanceof ArrayNode items) {
            body.set("input", new ResponsesItemAdapter(target).fit(items));
        }
    }

    /** Never more than the model can write, never less than the API takes (docs/wire-formats.md, trap 15). */
    private static void fitLimit(ObjectNode body, ProviderModel target) {
        JsonNode limit = body.path(LIMIT);
        if (!limit.isNumber()) {
            return;
        }
        BigDecimal asked = limit.decimalValue();
        if (target.maxOutput() > 0 && asked.compareTo(BigDecimal.valueOf(target.maxOutput())) > 0) {
            body.put(LIMIT, target.maxOutput());
        } else if (asked.compareTo(BigDecimal.valueOf(MIN_OUTPUT)) < 0) {
            body.put(LIMIT, MIN_OUTPUT);
        }
    }

    private static void fitEffort(ObjectNode body, ProviderModel target) {
        if (!target.supports(UnsupportedParameter.EFFORT) && body.get("reasoning") instanceof ObjectNode reasoning) {
            ObjectNode rest = JsonNodes.without(reasoning, "effort");
            body.set("reasoning", rest);
            if (rest.isEmpty()) {
                body.remove("reasoning");
            }
        } else if (!target.supports(UnsupportedParameter.TOOLS_WITH_EFFORT)
                && !body.path("tools").isEmpty()) {
            ObjectNode reasoning = body.get("reasoning") instanceof ObjectNode given ? given : Json.object();
            body.set("reasoning", JsonNodes.with(reasoning, "effort", "none"));
        }
    }

    private static void fitTools(ObjectNode body, ProviderModel target, List<String> lines) {
        if (!target.supports(UnsupportedParameter.STRICT_TOOLS) && body.get("tools") instanceof ArrayNode tools) {
            body.set(
                    "tools",
                    JsonNodes.map(
                            tools,
                            tool -> tool.path("strict").asBoolean(false)
                                    ? JsonNodes.with(tool, "strict", Json.of(false))
                                    : tool));
        }
        if (!target.supports(UnsupportedParameter.FORCED_TOOL_CHOICE)) {
            relax(body, lines);
        }
    }

    private static void relax(ObjectNode body, List<String> lines) {
        JsonNode choice = body.path("tool_choice");
        if (choice.path("type").asText().equals("allowed_tools")) {
            if (choice.path("mode").asText().equals("required")) {
                lines.add(PromptInstructions.ANY_TOOL);
                body.set("tool_choice", JsonNodes.with((ObjectNode) choice, "mode", "auto"));
            }
        } else if (choice.isObject()) {
            lines.add(
                    choice.has("name")
                            ? PromptInstructions.tool(choice.path("name").asText())
                            : PromptInstructions.ANY_TOOL);
            body.put("tool_choice", "auto");
        } else if (choice.asText().equals("required")) {
            lines.add(PromptInstructions.ANY_TOOL);
            body.put("tool_choice", "auto");
        }
    }

    private static void fitFormat(ObjectNode body, ProviderModel target, List<String> lines) {
        JsonNode format = body.path("text").path("format");
        String type = format.path("type").asText();
        if (type.equals("json_schema") && !target.supports(UnsupportedParameter.JSON_SCHEMA)) {
            lines.add(PromptInstructions.schema(format.path("schema")));
            setFormat(body, Json.object().put("type", "json_object"));
        } else if (type.equals("json_object") && !target.supports(UnsupportedParameter.JSON_MODE)) {
            lines.add(PromptInstructions.JSON);
        }
        if (body.path("text").path("format").path("type").asText().equals("json_object")) {
            if (target.supports(UnsupportedParameter.JSON_MODE)) {
                speakOfJson(body);
            } else {
                setFormat(body, Json.object().put("type", "text"));
            }
        }
    }

    private static void setFormat(ObjectNode body, ObjectNode format) {
        body.set("text", JsonNodes.with((ObjectNode) body.get("text"), "format", format));
    }

    /** JSON mode is a 400 unless the input, instructions not counted, has the word in it. */
    private static void speakOfJson(ObjectNode body) {
        JsonNode input = body.path("input");
        if (Json.text(input).toLowerCase(Locale.ROOT).contains("json")) {
            return;
        }
        ArrayNode items =
                JsonNodes.array().add(Json.object().put("role", "developer").put("content", PromptInstructions.JSON));
        if (input.isArray()) {
            items.addAll((ArrayNode) input);
        } else {
            items.add(Json.object().put("role", "user").set("content", input));
        }
        body.set("input", items);
    }
}
