package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.validation.ToolSchemaValidator.Wish;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Responses API as OpenAI checks it, and as servers do that check its schema.
 *
 * @see <a href="https://github.com/openai/openai-openapi">OpenAI's schema</a>
 * @see <a href="https://github.com/anomalyco/opencode/issues/42613">a server that checks it</a>
 */
public final class ResponsesRequestValidator {
    /** How encrypted content begins that this maker gave. */
    public static final String ENCRYPTED = "gAAAA";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final Pattern CALL_ID = Pattern.compile("(?s).{1,64}");
    private static final Set<String> TOP = Set.of(
            "model",
            "input",
            "instructions",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "max_output_tokens",
            "text",
            "reasoning",
            "include",
            "store",
            "metadata",
            "user",
            "safety_identifier",
            "service_tier",
            "truncation",
            "max_tool_calls",
            "top_logprobs",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "previous_response_id",
            "conversation",
            "background",
            "prompt",
            "context_management",
            "moderation",
            "client_metadata");

    private final JsonNode body;
    private final ProviderModel target;
    private final boolean openAi;
    private final Findings findings = new Findings();
    private final Set<String> calls = new LinkedHashSet<>();
    private final Set<String> answered = new HashSet<>();

    private ResponsesRequestValidator(JsonNode body, ProviderModel target) {
        this.body = JsonNodes.withoutNulls((ObjectNode) body);
        this.target = target;
        this.openAi = target.provider().equals("openai");
    }

    public static Findings check(JsonNode body, ProviderModel target) {
        return new ResponsesRequestValidator(body, target).check();
    }

    private Findings check() {
        if (openAi) {
            findings.only(body, "", TOP);
        }
        findings.range(body, "", "temperature", 0, 2);
        findings.range(body, "", "top_p", 0, 1);
        findings.require(
                !body.path("max_output_tokens").isNumber()
                        || body.get("max_output_tokens").asInt() >= 16,
                "max_output_tokens",
                "is below 16");
        if (!target.supports(UnsupportedParameter.TEMPERATURE)) {
            findings.require(!body.hasNonNull("temperature"), "temperature", "is refused");
        }
        for (JsonNode label : body.path("metadata")) {
            findings.require(label.isTextual(), "metadata", "has a value that is no string");
        }
        findings.require(
                !body.has("stream_options") || body.path("stream").asBoolean(), "stream_options", "without stream");
        tools();
        input();
        return findings;
    }

    private void input() {
        JsonNode input = body.path("input");
        if (input.isTextual()) {
            findings.require(!input.textValue().isEmpty(), "input", "is empty");
        } else if (findings.array(body, "", "input")) {
            for (int i = 0; i < input.size(); i++) {
                item(input, i, "input[" + i + "]");
            }
            if (!answered.containsAll(calls)) {
                findings.add(Findings.Kind.ORDER, "input", "has calls without output");
            }
        }
        JsonNode format = body.path("text").path("format");
        if (format.path("type").asText().equals("json_object")) {
            findings.require(
                    input.toString().toLowerCase(java.util.Locale.ROOT).contains("json"),
                    "input",
                    "must contain the word json");
        } else if (format.path("type").asText().equals("json_schema")) {
            findings.matches(format, "text.format", "name", Pattern.compile("[a-zA-Z0-9_-]{1,64}"));
        }
    }

    private void item(JsonNode input, int index, String path) {
        JsonNode item = input.get(index);
        String type = item.path("type").asText("message");
        switch (type) {
            case "message" -> message(item, path);
            case "function_call", "custom_tool_call" -> {
                findings.matches(item, path, "name", NAME);
                findings.string(item, path, type.equals("function_call") ? "arguments" : "input");
                findings.matches(item, path, "call_id", CALL_ID);
                if (!calls.add(item.path("call_id").asText())) {
                    findings.add(Findings.Kind.ORDER, path, "has a call_id that was used before");
                }
            }
            case "function_call_output", "custom_tool_call_output" -> {
                findings.matches(item, path, "call_id", CALL_ID);
                String id = item.path("call_id").asText();
                if (!calls.contains(id) || !answered.add(id)) {
                    findings.add(Findings.Kind.ORDER, path, "answers no open call");
                }
                JsonNode output = item.path("output");
                output.forEach(part -> part(part, path, Set.of("input_text", "input_image", "input_file")));
                findings.require(output.isTextual() || output.isArray(), path + ".output", "is no output");
            }
            case "reasoning" -> {
                findings.require(
                        item.path("encrypted_content").asText().startsWith(ENCRYPTED)
                                || body.path("store").asBoolean(),
                        path,
                        "has encrypted content of another maker");
                findings.require(item.path("summary").isArray(), path + ".summary", "is no array");
                JsonNode next = input.path(index + 1);
                boolean led = next.path("type").asText().matches("reasoning|function_call|custom_tool_call|.*_call")
                        || next.path("role").asText().equals("assistant");
                if (!led) {
                    findings.add(Findings.Kind.ORDER, path, "is not followed by what it led to");
                }
            }
            default -> {
                if (!openAi) {
                    findings.add(Findings.Kind.UNKNOWN, path, "is of a type not known here: " + type);
                }
            }
        }
    }

    private void message(JsonNode item, String path) {
        String role = item.path("role").asText();
        JsonNode content = item.path("content");
        findings.require(role.matches("user|assistant|system|developer"), path, "has no role: " + role);
        if (content.isArray()) {
            boolean assistant = role.equals("assistant");
            Set<String> types =
                    assistant ? Set.of("output_text", "refusal") : Set.of("input_text", "input_image", "input_file");
            for (JsonNode part : content) {
                part(part, path + ".content", types);
                if (assistant && !openAi && part.path("type").asText().equals("output_text")) {
                    findings.require(
                            part.path("annotations").isArray()
                                    && item.path("id").isTextual()
                                    && item.path("status").isTextual(),
                            path,
                            "lacks annotations, id or status");
                }
            }
        } else {
            findings.require(content.isTextual(), path + ".content", "is no content");
        }
    }

    private void part(JsonNode part, String path, Set<String> types) {
        String type = part.path("type").asText();
        findings.require(types.contains(type), path, "has a part of another type: " + type);
        switch (type) {
            case "input_text", "output_text" -> findings.string(part, path, "text");
            case "input_image" -> {
                if (!part.path("file_id").isTextual()) {
                    findings.url(part, path, "image_url", true);
                }
            }
            case "input_file" ->
                findings.require(
                        part.has("file_data") || part.has("file_id") || part.has("file_url"), path, "has no file");
            default -> {}
        }
    }

    private void tools() {
        boolean any = !body.path("tools").isEmpty() || body.path("input").findValue("tools") != null;
        findings.require(any || !body.has("tools"), "tools", "is empty");
        findings.require(any || !body.hasNonNull("tool_choice"), "tool_choice", "without tools");
        Set<String> names = new HashSet<>();
        int number = 0;
        for (JsonNode tool : body.path("tools")) {
            tool(tool, "tools[" + number++ + "]", names);
        }
        JsonNode choice = body.path("tool_choice");
        if (choice.isTextual()) {
            findings.require(
                    choice.textValue().matches("auto|none|required"), "tool_choice", "is no choice: " + choice);
        } else if (choice.path("type").asText().equals("function")
                && !body.path("tools").isEmpty()) {
            findings.require(names.contains(choice.path("name").asText()), "tool_choice", "names no tool: " + choice);
        }
    }

    private void tool(JsonNode tool, String path, Set<String> names) {
        switch (tool.path("type").asText()) {
            case "function" -> {
                findings.matches(tool, path, "name", NAME);
                findings.require(
                        names.add(tool.path("name").asText()) || openAi, path, "comes twice: " + tool.path("name"));
                if (tool.hasNonNull("parameters")) {
                    ToolSchemaValidator.check(
                            tool.get("parameters"),
                            path + ".parameters",
                            findings,
                            openAi ? EnumSet.of(Wish.PLAIN_ROOT, Wish.PROPERTIES, Wish.ITEMS) : Set.of());
                }
            }
            case "namespace" -> {
                Set<String> own = new HashSet<>();
                tool.path("tools").forEach(child -> tool(child, path, own));
            }
            default -> findings.require(tool.has("type"), path, "has no type");
        }
    }
}
