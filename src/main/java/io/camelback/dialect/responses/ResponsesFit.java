package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Instructions;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Wire;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fits a request to one target: leaves out what it refuses, says it another way, or gives the target up. */
final class ResponsesFit {
    /** OpenAI answers 400 to less. */
    private static final int MIN_OUTPUT = 16;
    private static final String LIMIT = "max_output_tokens";
    private static final Map<Refusal, List<String>> FIELDS = Map.of(
            Refusal.TEMPERATURE, List.of("temperature"),
            Refusal.TOP_P, List.of("top_p"),
            Refusal.LOGPROBS, List.of("top_logprobs"),
            Refusal.PARALLEL_TOOL_CALLS, List.of("parallel_tool_calls"));

    private ResponsesFit() { }

    static boolean isOpenAi(Target target) {
        return "openai".equals(target.provider());
    }

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body, Target target) {
        Requirements.check(body, target);
        for (Refusal refusal : target.refuses()) {
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
            body.set("input", new ItemFit(target).fit(items));
        }
    }

    /** Never more than the model can write, never less than the API takes (docs/wire-formats.md, trap 15). */
    private static void fitLimit(ObjectNode body, Target target) {
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

    private static void fitEffort(ObjectNode body, Target target) {
        if (!target.takes(Refusal.EFFORT) && body.get("reasoning") instanceof ObjectNode reasoning) {
            ObjectNode rest = Wire.without(reasoning, "effort");
            body.set("reasoning", rest);
            if (rest.isEmpty()) {
                body.remove("reasoning");
            }
        } else if (!target.takes(Refusal.TOOLS_WITH_EFFORT) && !body.path("tools").isEmpty()) {
            ObjectNode reasoning = body.get("reasoning") instanceof ObjectNode given ? given : Json.object();
            body.set("reasoning", Wire.with(reasoning, "effort", "none"));
        }
    }

    private static void fitTools(ObjectNode body, Target target, List<String> lines) {
        if (!target.takes(Refusal.STRICT_TOOLS) && body.get("tools") instanceof ArrayNode tools) {
            body.set("tools", Wire.map(tools, tool ->
                    tool.path("strict").asBoolean(false) ? Wire.with(tool, "strict", Json.of(false)) : tool));
        }
        if (!target.takes(Refusal.FORCED_TOOL_CHOICE)) {
            relax(body, lines);
        }
    }

    private static void relax(ObjectNode body, List<String> lines) {
        JsonNode choice = body.path("tool_choice");
        if (choice.path("type").asText().equals("allowed_tools")) {
            if (choice.path("mode").asText().equals("required")) {
                lines.add(Instructions.ANY_TOOL);
                body.set("tool_choice", Wire.with((ObjectNode) choice, "mode", "auto"));
            }
        } else if (choice.isObject()) {
            lines.add(choice.has("name") ? Instructions.tool(choice.path("name").asText()) : Instructions.ANY_TOOL);
            body.put("tool_choice", "auto");
        } else if (choice.asText().equals("required")) {
            lines.add(Instructions.ANY_TOOL);
            body.put("tool_choice", "auto");
        }
    }

    private static void fitFormat(ObjectNode body, Target target, List<String> lines) {
        JsonNode format = body.path("text").path("format");
        String type = format.path("type").asText();
        if (type.equals("json_schema") && !target.takes(Refusal.JSON_SCHEMA)) {
            lines.add(Instructions.schema(format.path("schema")));
            setFormat(body, Json.object().put("type", "json_object"));
        } else if (type.equals("json_object") && !target.takes(Refusal.JSON_MODE)) {
            lines.add(Instructions.JSON);
        }
        if (body.path("text").path("format").path("type").asText().equals("json_object")) {
            if (target.takes(Refusal.JSON_MODE)) {
                speakOfJson(body);
            } else {
                setFormat(body, Json.object().put("type", "text"));
            }
        }
    }

    private static void setFormat(ObjectNode body, ObjectNode format) {
        body.set("text", Wire.with((ObjectNode) body.get("text"), "format", format));
    }

    /** JSON mode is a 400 unless the input, instructions not counted, has the word in it. */
    private static void speakOfJson(ObjectNode body) {
        JsonNode input = body.path("input");
        if (Json.text(input).toLowerCase(Locale.ROOT).contains("json")) {
            return;
        }
        ArrayNode items = Wire.array().add(Json.object().put("role", "developer").put("content", Instructions.JSON));
        if (input.isArray()) {
            items.addAll((ArrayNode) input);
        } else {
            items.add(Json.object().put("role", "user").set("content", input));
        }
        body.set("input", items);
    }
}
