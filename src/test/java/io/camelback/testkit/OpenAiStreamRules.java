package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What openai-node's stream helper throws on (docs/wire-formats.md 3.7), and the concatenation of openai-python's. */
public final class OpenAiStreamRules {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, StringBuilder> arguments = new HashMap<>();
    private final Set<Integer> finished = new HashSet<>();
    private final Set<Integer> seen = new HashSet<>();

    public static OpenAiStreamRules check(String sse) {
        OpenAiStreamRules rules = new OpenAiStreamRules();
        assertThat(sse).endsWith("data: [DONE]\n\n");
        WireFixtures.events(sse).forEach(event -> rules.chunk(WireFixtures.json(event.data())));
        assertThat(rules.finished).as("one finish per choice").isEqualTo(rules.seen);
        return rules;
    }

    public Map<String, StringBuilder> arguments() {
        return arguments;
    }

    private void chunk(ObjectNode chunk) {
        assertThat(chunk.path("choices").isArray())
                .as("choices is an array in %s", chunk)
                .isTrue();
        for (JsonNode choice : chunk.path("choices")) {
            assertThat(choice.path("index").isInt()).as("index in %s", chunk).isTrue();
            assertThat(choice.path("delta").isObject()).as("delta in %s", chunk).isTrue();
            int index = choice.path("index").intValue();
            seen.add(index);
            choice.path("delta").path("tool_calls").forEach(call -> call(index, call));
            if (choice.hasNonNull("finish_reason")) {
                assertThat(choice.path("finish_reason").asText()).isNotEmpty();
                assertThat(finished.add(index))
                        .as("a second finish in %s", chunk)
                        .isTrue();
            }
        }
    }

    private void call(int choice, JsonNode call) {
        assertThat(call.path("index").isInt()).as("index in %s", call).isTrue();
        assertThat(call.path("index").intValue()).isBetween(0, 127);
        String key = choice + "/" + call.path("index");
        JsonNode function = call.path("function");
        if (!names.containsKey(key)) {
            assertThat(call.path("type").asText()).isEqualTo("function");
            assertThat(call.path("id").asText()).isNotEmpty();
            assertThat(function.path("name").asText()).isNotEmpty();
            names.put(key, function.path("name").asText());
        } else {
            assertThat(function.hasNonNull("name") || call.hasNonNull("id"))
                    .as("repeated in %s", call)
                    .isFalse();
        }
        assertThat(function.path("arguments").isTextual())
                .as("arguments in %s", call)
                .isTrue();
        arguments
                .computeIfAbsent(key, any -> new StringBuilder())
                .append(function.path("arguments").asText());
    }
}
