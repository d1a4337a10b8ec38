package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.validation.ToolSchemaValidator.Wish;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** The tools of a request for the Messages API, and the choice among them. */
final class MessagesToolValidator {
    private MessagesToolValidator() {}

    /** @param called whether the history has calls */
    static void check(JsonNode body, ProviderModel target, boolean called, Findings findings) {
        boolean any = !body.path("tools").isEmpty();
        findings.require(any || !body.has("tools"), "tools", "is empty");
        findings.require(any || !body.has("tool_choice"), "tool_choice", "without tools");
        if (called && !any) {
            findings.add(Findings.Kind.ORDER, "tools", "are missing for the calls of the history");
        }
        Set<String> names = new HashSet<>();
        int number = 0;
        for (JsonNode tool : body.path("tools")) {
            String path = "tools[" + number++ + "]";
            findings.require(names.add(tool.path("name").asText()), path, "comes twice: " + tool.path("name"));
            findings.matches(tool, path, "name", MessagesRequestValidator.TOOL_NAME);
            if (tool.path("type").asText("custom").equals("custom")) {
                findings.only(
                        tool,
                        path,
                        Set.of(
                                "name",
                                "description",
                                "input_schema",
                                "strict",
                                "type",
                                "cache_control",
                                "input_examples",
                                "defer_loading",
                                "eager_input_streaming"));
                findings.require(
                        !tool.has("description") || tool.get("description").isTextual(),
                        path + ".description",
                        "is no text");
                ToolSchemaValidator.check(
                        tool.path("input_schema"),
                        path + ".input_schema",
                        findings,
                        EnumSet.of(Wish.PLAIN_ROOT, Wish.ARGUMENT_NAMES));
            }
        }
        JsonNode choice = body.path("tool_choice");
        if (any && !choice.isMissingNode()) {
            String type = choice.path("type").asText();
            findings.require(type.matches("auto|any|tool|none"), "tool_choice", "is no choice: " + choice);
            findings.require(
                    !type.matches("any|tool") || target.supports(UnsupportedParameter.FORCED_TOOL_CHOICE),
                    "tool_choice",
                    "is forced");
            findings.require(
                    !type.equals("tool") || names.contains(choice.path("name").asText()),
                    "tool_choice",
                    "names no tool");
        }
    }
}
