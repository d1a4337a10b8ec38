package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.protocol.ProviderModel;
import io.camelback.testkit.validation.ToolSchemaValidator.Wish;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The tools of a request for Chat Completions, and the choice among them. */
final class ChatToolValidator {
    private final JsonNode body;
    private final ProviderModel target;
    private final Findings findings;

    private ChatToolValidator(JsonNode body, ProviderModel target, Findings findings) {
        this.body = body;
        this.target = target;
        this.findings = findings;
    }

    static void check(JsonNode body, ProviderModel target, Findings findings) {
        new ChatToolValidator(body, target, findings).tools();
    }

    private boolean is(String... providers) {
        return Set.of(providers).contains(target.provider());
    }

    private void tools() {
        boolean any = body.path("tools").isArray() && !body.path("tools").isEmpty();
        findings.require(!body.has("tools") || any, "tools", "is no array with elements");
        for (String field : Set.of("tool_choice", "parallel_tool_calls")) {
            findings.require(any || !body.has(field), field, "without tools");
        }
        findings.require(body.has("functions") || !body.has("function_call"), "function_call", "without functions");
        if (!is("openai")) {
            findings.require(!body.has("functions"), "functions", "is not known here");
        }
        Set<String> names = new LinkedHashSet<>();
        int number = 0;
        for (JsonNode tool : body.path("tools")) {
            String path = "tools[" + number++ + "]";
            String type = tool.path("type").asText();
            if (!type.equals("function")) {
                findings.require(is("openai") && type.equals("custom"), path, "is of a type not known here: " + type);
                names.add(tool.path("custom").path("name").asText());
                continue;
            }
            JsonNode function = tool.path("function");
            if (!is("openai")) {
                findings.only(
                        tool,
                        path,
                        is("openrouter") ? Set.of("type", "function", "cache_control") : Set.of("type", "function"));
                findings.noNulls(function, path + ".function", Set.of());
            }
            if (findings.matches(function, path + ".function", "name", ChatRequestValidator.NAME)) {
                findings.require(
                        names.add(function.path("name").asText()) || is("openai"),
                        path,
                        "comes twice: " + function.path("name"));
            }
            findings.require(
                    !function.has("description") || function.get("description").isTextual() || is("openai"),
                    path,
                    "has a bad description");
            if (function.has("parameters")) {
                ToolSchemaValidator.check(function.get("parameters"), path + ".parameters", findings, wishes());
            }
        }
        choice(names);
    }

    private Set<Wish> wishes() {
        return is("openai") ? EnumSet.of(Wish.PLAIN_ROOT, Wish.PROPERTIES, Wish.ITEMS) : Set.of();
    }

    private void choice(Set<String> names) {
        JsonNode choice = body.path("tool_choice");
        if (choice.isTextual()) {
            Set<String> words = is("mistral") ? Set.of("auto", "none", "any") : Set.of("auto", "none", "required");
            findings.require(words.contains(choice.textValue()), "tool_choice", "is no choice here: " + choice);
        } else if (choice.isObject() && choice.path("type").asText().matches("function|custom")) {
            String name = choice.path(choice.path("type").asText()).path("name").asText();
            findings.require(names.contains(name), "tool_choice", "names no tool: " + choice);
        } else if (!choice.isMissingNode()) {
            findings.require(
                    is("openai") && choice.path("type").asText().equals("allowed_tools"),
                    "tool_choice",
                    "is no choice: " + choice);
        }
    }
}
