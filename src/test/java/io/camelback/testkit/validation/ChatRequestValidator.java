package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Chat Completions as OpenAI checks it, and as its strict imitators do.
 *
 * @see <a href="https://github.com/openai/openai-openapi">OpenAI's schema</a>
 * @see <a href="https://github.com/github/copilot-sdk/issues/2061">null fields</a>
 */
public final class ChatRequestValidator {
    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Pattern SPEAKER = Pattern.compile("[^\\s<|\\\\/>]{1,64}");
    private static final Pattern CALL_ID = Pattern.compile("(?s).{1,40}");
    private static final Pattern MISTRAL_ID = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final Set<String> TOP = Set.of(
            "model",
            "messages",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "n",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logprobs",
            "top_logprobs",
            "logit_bias",
            "max_tokens",
            "max_completion_tokens",
            "response_format",
            "reasoning_effort",
            "user",
            "safety_identifier",
            "metadata",
            "store",
            "service_tier",
            "modalities",
            "audio",
            "prediction",
            "verbosity",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "web_search_options",
            "moderation");
    private static final Set<String> FOREIGN_REASONING =
            Set.of("reasoning_content", "reasoning", "reasoning_details", "thinking_blocks");

    private final JsonNode body;
    private final ProviderModel target;
    private final Findings findings = new Findings();
    private final Set<String> open = new LinkedHashSet<>();

    private ChatRequestValidator(JsonNode body, ProviderModel target) {
        this.target = target;
        this.body = is("openai") ? JsonNodes.withoutNulls((ObjectNode) body) : body;
    }

    public static Findings check(JsonNode body, ProviderModel target) {
        return new ChatRequestValidator(body, target).check();
    }

    private boolean is(String... providers) {
        return Set.of(providers).contains(target.provider());
    }

    private Findings check() {
        if (is("openai")) {
            findings.only(body, "", TOP);
        } else {
            findings.noNulls(body, "", Set.of());
        }
        if (is("openai", "groq", "mistral")) {
            for (String word : Set.of("reasoning", "thinking", "enable_thinking", "thinking_budget")) {
                findings.require(!body.has(word), word, "is another maker's word");
            }
        }
        sampling();
        ChatToolValidator.check(body, target, findings);
        if (findings.array(body, "", "messages")) {
            int number = 0;
            for (JsonNode message : body.get("messages")) {
                message(message, "messages[" + number++ + "]");
            }
            answered("the end");
        }
        JsonNode last = body.path("messages").path(body.path("messages").size() - 1);
        if (is("mistral") && !target.supports(UnsupportedParameter.PREFILL)) {
            findings.require(
                    !last.path("role").asText().equals("assistant")
                            || last.path("prefix").asBoolean()
                            || last.has("tool_calls"),
                    "messages",
                    "end with the assistant");
        }
        return findings;
    }

    private void sampling() {
        findings.range(body, "", "temperature", 0, 2);
        findings.range(body, "", "top_p", 0, 1);
        findings.range(body, "", "n", 1, 128);
        findings.require(
                !body.has("stream_options") || body.path("stream").asBoolean(), "stream_options", "without stream");
        findings.require(
                !body.has("top_logprobs") || body.path("logprobs").asBoolean(), "top_logprobs", "without logprobs");
        findings.require(!body.path("stop").isArray() || body.path("stop").size() <= 4, "stop", "has more than four");
        ChatFieldValidator.check(body, target, findings);
        for (JsonNode label : body.path("metadata")) {
            findings.require(
                    label.isTextual() && label.textValue().length() <= 512, "metadata", "has a bad value: " + label);
        }
        findings.require(body.path("metadata").size() <= 16, "metadata", "has more than 16 labels");
        JsonNode format = body.path("response_format");
        if (format.path("type").asText().equals("json_object") && is("openai", "deepseek")) {
            findings.require(
                    body.path("messages")
                            .toString()
                            .toLowerCase(java.util.Locale.ROOT)
                            .contains("json"),
                    "messages",
                    "must contain the word json");
        } else if (format.path("type").asText().equals("json_schema")) {
            findings.matches(format.path("json_schema"), "response_format.json_schema", "name", NAME);
        }
    }

    private void message(JsonNode message, String path) {
        String role = message.path("role").asText();
        if (!role.equals("tool")) {
            answered(path);
        }
        if (message.has("name") && !message.get("name").isNull()) {
            findings.matches(message, path, "name", SPEAKER);
        }
        switch (role) {
            case "system", "user" -> said(message, path);
            case "developer" -> {
                findings.require(
                        target.supports(UnsupportedParameter.DEVELOPER_ROLE), path, "is of a role not known here");
                said(message, path);
            }
            case "assistant" -> assistant(message, path);
            case "tool" -> result(message, path);
            case "function" -> findings.require(is("openai"), path, "is of the old role function");
            default -> findings.form(path, "has no role: " + role);
        }
    }

    private void said(JsonNode message, String path) {
        known(message, path, Set.of("role", "content", "name"));
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            findings.require(is("openai") || !content.textValue().isEmpty(), path, "says nothing");
        } else if (findings.require(content.isArray(), path + ".content", "is neither text nor parts")) {
            findings.require(is("openai") || !content.isEmpty(), path, "has no parts");
            content.forEach(part ->
                    part(part, path + ".content", message.path("role").asText().equals("user")));
        }
    }

    private void part(JsonNode part, String path, boolean user) {
        String type = part.path("type").asText();
        if (!is("openai", "openrouter", "local")) {
            findings.require(!part.has("cache_control"), path, "is marked for a cache");
        }
        switch (type) {
            case "text" -> findings.string(part, path, "text");
            case "image_url" -> {
                findings.require(user, path, "is a picture that no user shows");
                findings.url(part.path("image_url"), path + ".image_url", "url", true);
            }
            case "input_audio" -> {
                findings.base64(part.path("input_audio"), path, "data");
                findings.require(
                        user && part.path("input_audio").path("format").asText().matches("wav|mp3") || !is("openai"),
                        path,
                        "is no sound");
            }
            case "file" -> findings.require(user && part.path("file").isObject(), path, "is no file");
            default -> findings.form(path, "is of a type not known here: " + type);
        }
    }

    private void known(JsonNode message, String path, Set<String> fields) {
        if (!is("openai")) {
            findings.noNulls(message, path, Set.of("content"));
            Set<String> all = new LinkedHashSet<>(fields);
            if (is("openrouter", "local", "deepseek")) {
                all.addAll(FOREIGN_REASONING);
                all.add("refusal");
            }
            if (is("openrouter")) {
                all.add("cache_control");
            }
            all.add("prefix");
            findings.only(message, path, all);
        }
        if (is("openai", "groq", "mistral")) {
            FOREIGN_REASONING.forEach(word -> findings.require(!message.has(word), path + "." + word, "is refused"));
        }
    }

    private void assistant(JsonNode message, String path) {
        known(message, path, Set.of("role", "content", "name", "tool_calls"));
        JsonNode calls = message.path("tool_calls");
        JsonNode content = message.path("content");
        findings.require(
                !message.has("tool_calls") || calls.isArray() && !calls.isEmpty(),
                path + ".tool_calls",
                "is no array with elements");
        boolean speaks = !calls.isEmpty()
                || message.path("function_call").isObject()
                || message.path("refusal").isTextual()
                || message.path("audio").isObject();
        findings.require(
                !message.has("function_call") || message.get("function_call").isObject(),
                path + ".function_call",
                "is no call");
        findings.require(!message.has("audio") || message.get("audio").isObject(), path + ".audio", "is no sound");
        if (content.isNull() || content.isMissingNode()) {
            findings.require(speaks, path, "has neither content nor calls");
        } else if (content.isArray()) {
            findings.require(is("openai") || !content.isEmpty(), path + ".content", "is empty");
            content.forEach(part -> findings.require(
                    part.path("type")
                            .asText()
                            .matches(is("mistral") ? "text|thinking|reference|refusal" : "text|refusal"),
                    path + ".content",
                    "has a part of another type: " + part.path("type")));
        } else if (findings.require(content.isTextual(), path + ".content", "is no content")) {
            findings.require(speaks || is("openai") || !content.textValue().isEmpty(), path, "says nothing");
        }
        for (JsonNode call : calls) {
            call(call, path + ".tool_calls");
        }
        if (is("deepseek") && !calls.isEmpty()) {
            findings.string(message, path, "reasoning_content");
        }
    }

    private void call(JsonNode call, String path) {
        findings.matches(call, path, "id", is("mistral") ? MISTRAL_ID : CALL_ID);
        if (!open.add(call.path("id").asText())) {
            findings.add(Findings.Kind.ORDER, path, "has the id twice: " + call.get("id"));
        }
        String type = call.path("type").asText("function");
        findings.require(
                type.equals("function") || is("openai") && type.equals("custom"),
                path,
                "is of a type not known here: " + type);
        JsonNode function = call.path(type);
        findings.matches(function, path, "name", NAME);
        findings.string(function, path, type.equals("custom") ? "input" : "arguments");
        if (is("groq", "mistral")) {
            findings.only(call, path, Set.of("id", "type", "function", "index"));
        }
    }

    private void result(JsonNode message, String path) {
        known(message, path, Set.of("role", "content", "name", "tool_call_id"));
        findings.matches(message, path, "tool_call_id", is("mistral") ? MISTRAL_ID : CALL_ID);
        if (!open.remove(message.path("tool_call_id").asText())) {
            findings.add(Findings.Kind.ORDER, path, "answers no call");
        }
        JsonNode content = message.path("content");
        if (content.isArray()) {
            findings.require(!content.isEmpty() || is("openai"), path, "has no parts");
            content.forEach(part -> findings.require(
                    part.path("type").asText().equals("text") || is("openrouter", "local"),
                    path + ".content",
                    "has a part of another type: " + part.path("type")));
        } else {
            findings.require(content.isTextual(), path + ".content", "is no text");
        }
    }

    private void answered(String path) {
        if (!open.isEmpty()) {
            findings.add(Findings.Kind.ORDER, path, "comes before the results of " + open);
            open.clear();
        }
    }
}
