package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.support.DataUrl;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Messages API as Anthropic checks it.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">its reference</a>
 * @see <a href="https://github.com/anthropics/claude-code/issues/88536">blank texts</a>
 */
public final class MessagesRequestValidator {
    /** How a signature of a thinking block begins that this maker gave. */
    public static final String SIGNATURE = "c2ltdWxhdGVkLXNp";

    private static final Pattern TOOL_ID = Pattern.compile("[a-zA-Z0-9_-]+");
    static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final int MOST_MARKS = 4;
    private static final Set<String> TOP = Set.of(
            "model",
            "max_tokens",
            "messages",
            "system",
            "tools",
            "tool_choice",
            "stream",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "thinking",
            "output_config",
            "metadata",
            "service_tier",
            "cache_control",
            "container",
            "context_management",
            "mcp_servers",
            "speed",
            "inference_geo");
    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private final JsonNode body;
    private final ProviderModel target;
    private final Findings findings = new Findings();
    private final Set<String> usedIds = new HashSet<>();
    private Set<String> open = new LinkedHashSet<>();
    private boolean called;

    private MessagesRequestValidator(JsonNode body, ProviderModel target) {
        this.body = body;
        this.target = target;
    }

    public static Findings check(JsonNode body, ProviderModel target) {
        return new MessagesRequestValidator(body, target).check();
    }

    private Findings check() {
        findings.only(body, "", TOP);
        findings.noNulls(body, "", Set.of());
        findings.require(
                body.path("max_tokens").isInt()
                        && body.path("max_tokens").intValue() >= 0
                        && body.path("max_tokens").intValue() <= target.maxOutput(),
                "max_tokens",
                "is out of range");
        sampling();
        system(body.path("system"), "system");
        if (findings.array(body, "", "messages")) {
            messages();
        }
        MessagesToolValidator.check(body, target, called, findings);
        int marks = body.findValues("cache_control").size();
        findings.require(
                marks <= MOST_MARKS + (body.has("cache_control") ? 1 : 0),
                "cache_control",
                "stands in more than four blocks: " + marks);
        return findings;
    }

    private void sampling() {
        findings.range(body, "", "temperature", 0, 1);
        findings.range(body, "", "top_p", 0, 1);
        if (!target.supports(UnsupportedParameter.TEMPERATURE)) {
            findings.require(!body.has("temperature"), "temperature", "is refused");
        }
        if (!target.supports(UnsupportedParameter.TOP_K)) {
            findings.require(!body.has("top_k"), "top_k", "is refused");
        }
        for (JsonNode stop : body.path("stop_sequences")) {
            findings.require(!stop.asText().isBlank(), "stop_sequences", "has a blank one");
        }
        if (body.path("metadata").isObject()) {
            findings.only(body.get("metadata"), "metadata", Set.of("user_id"));
        }
        JsonNode budget = body.path("thinking").path("budget_tokens");
        findings.require(
                budget.isMissingNode()
                        || budget.asInt() >= 1024
                                && budget.asInt() < body.path("max_tokens").asInt(),
                "thinking.budget_tokens",
                "is out of range");
    }

    private void system(JsonNode system, String path) {
        if (system.isArray()) {
            findings.require(!system.isEmpty(), path, "is empty");
            system.forEach(block -> text(block, path));
        } else if (!system.isMissingNode()) {
            findings.require(system.isTextual() && !system.textValue().isBlank(), path, "is blank");
        }
    }

    private void text(JsonNode block, String path) {
        findings.require(block.path("type").asText().equals("text"), path, "is no text");
        findings.only(block, path, Set.of("type", "text", "cache_control", "citations"));
        if (findings.string(block, path, "text")) {
            findings.require(!block.get("text").textValue().isBlank(), path + ".text", "is blank");
        }
    }

    private void messages() {
        JsonNode messages = body.get("messages");
        findings.require(messages.path(0).path("role").asText().equals("user"), "messages[0]", "is not the user's");
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String path = "messages[" + i + "]";
            findings.only(message, path, Set.of("role", "content"));
            JsonNode content = message.path("content");
            String role = message.path("role").asText();
            if (content.isTextual()) {
                findings.require(!content.textValue().isBlank(), path, "is blank");
                results(Set.of(), path);
            } else if (findings.array(message, path, "content")) {
                turn(role, content, path);
            }
            findings.require(
                    role.matches("user|assistant")
                            || role.equals("system") && target.supports(UnsupportedParameter.LATE_SYSTEM),
                    path,
                    "has no role");
        }
        results(Set.of(), "the end");
        last(messages.get(messages.size() - 1));
    }

    private void turn(String role, JsonNode content, String path) {
        if (role.equals("assistant")) {
            results(Set.of(), path);
            content.forEach(block -> assistant(block, path));
            findings.require(
                    !content.get(content.size() - 1).path("type").asText().contains("thinking"),
                    path,
                    "ends in thinking");
        } else if (role.equals("system")) {
            system(content, path);
        } else {
            Set<String> answered = new LinkedHashSet<>();
            boolean said = false;
            for (JsonNode block : content) {
                boolean result = block.path("type").asText().equals("tool_result");
                if (result && said && !open.isEmpty()) {
                    findings.add(Findings.Kind.ORDER, path, "has results behind other blocks");
                }
                if (result && !answered.add(block.path("tool_use_id").asText())) {
                    findings.add(Findings.Kind.ORDER, path, "answers a call twice");
                }
                said |= !result;
                shown(block, path);
            }
            results(answered, path);
        }
    }

    private void results(Set<String> answered, String path) {
        if (!answered.equals(open)) {
            findings.add(Findings.Kind.ORDER, path, "answers " + answered + ", not " + open);
        }
        open = new LinkedHashSet<>();
    }

    private void assistant(JsonNode block, String path) {
        switch (block.path("type").asText()) {
            case "text" -> text(block, path);
            case "thinking" -> {
                findings.only(block, path, Set.of("type", "thinking", "signature"));
                findings.string(block, path, "thinking");
                findings.require(
                        block.path("signature").asText().startsWith(SIGNATURE),
                        path,
                        "has a signature of another maker");
            }
            case "redacted_thinking" ->
                findings.require(block.path("data").asText().startsWith(SIGNATURE), path, "is another maker's");
            case "tool_use" -> {
                called = true;
                findings.only(block, path, Set.of("type", "id", "name", "input", "cache_control", "caller"));
                findings.matches(block, path, "name", TOOL_NAME);
                findings.require(block.path("input").isObject(), path + ".input", "is no object");
                if (findings.matches(block, path, "id", TOOL_ID)
                        && !usedIds.add(block.get("id").textValue())) {
                    findings.add(Findings.Kind.ORDER, path, "has an id that was used before");
                }
                open.add(block.path("id").asText());
            }
            default -> findings.add(Findings.Kind.UNKNOWN, path, "has a block not known here: " + block.path("type"));
        }
    }

    private void shown(JsonNode block, String path) {
        switch (block.path("type").asText()) {
            case "text" -> text(block, path);
            case "image" -> image(block, path);
            case "document" -> document(block, path);
            case "tool_result" -> {
                findings.noNulls(block, path, Set.of());
                findings.only(block, path, Set.of("type", "tool_use_id", "content", "is_error", "cache_control"));
                JsonNode content = block.path("content");
                if (content.isArray()) {
                    findings.require(!content.isEmpty(), path + ".content", "is empty");
                    content.forEach(inner -> shown(inner, path + ".content"));
                } else if (!content.isMissingNode()) {
                    findings.require(
                            content.isTextual() && !content.textValue().isBlank(), path + ".content", "is blank");
                }
            }
            case "search_result" -> findings.array(block, path, "content");
            default -> findings.add(Findings.Kind.UNKNOWN, path, "has a block not known here: " + block.path("type"));
        }
    }

    private void image(JsonNode block, String path) {
        findings.only(block, path, Set.of("type", "source", "cache_control"));
        JsonNode source = block.path("source");
        switch (source.path("type").asText()) {
            case "base64" -> {
                String type = source.path("media_type").asText();
                findings.require(IMAGES.contains(type), path, "has no type of a picture: " + type);
                if (findings.base64(source, path, "data")) {
                    String real = DataUrl.sniff(source.get("data").textValue());
                    findings.require(
                            !real.startsWith("image/") || real.equals(type),
                            path,
                            "is labelled " + type + " and is " + real);
                }
            }
            case "url" -> findings.url(source, path, "url", false);
            default -> findings.require(source.path("type").asText().equals("file"), path, "has no source");
        }
    }

    private void document(JsonNode block, String path) {
        findings.only(block, path, Set.of("type", "source", "title", "context", "citations", "cache_control"));
        JsonNode source = block.path("source");
        switch (source.path("type").asText()) {
            case "base64" -> {
                findings.require(source.path("media_type").asText().equals("application/pdf"), path, "is no PDF");
                findings.base64(source, path, "data");
            }
            case "text" -> findings.require(!source.path("data").asText().isBlank(), path, "is blank");
            case "url" -> findings.url(source, path, "url", false);
            default -> findings.require(source.path("type").asText().matches("file|content"), path, "has no source");
        }
    }

    private void last(JsonNode message) {
        if (!message.path("role").asText().equals("assistant")) {
            return;
        }
        findings.require(target.supports(UnsupportedParameter.PREFILL), "messages", "end with the assistant");
        JsonNode content = message.path("content");
        String text = content.isTextual()
                ? content.textValue()
                : content.path(content.size() - 1).path("text").asText("");
        findings.require(text.equals(text.stripTrailing()), "messages", "end with white space");
    }
}
