package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What google-genai's stream reader relies on: events of one line of data each, calls that are whole, and per candidate
 * one finish with nothing but an empty text after it.
 */
public final class GeminiStreamRules {
    private final Set<Integer> seen = new HashSet<>();
    private final Set<Integer> finished = new HashSet<>();

    private GeminiStreamRules() {}

    public static void check(String sse) {
        GeminiStreamRules rules = new GeminiStreamRules();
        String events = sse.replace("\r\n", "\n");
        assertThat(events).endsWith("\n\n").doesNotContain("[DONE]");
        for (String event : events.split("\n\n")) {
            assertThat(event).startsWith("data: {").doesNotContain("\n");
            rules.chunk(GeminiFixtures.parse(event.substring(6)));
        }
        assertThat(rules.finished).as("one finish for each candidate").isEqualTo(rules.seen);
    }

    private void chunk(ObjectNode chunk) {
        for (JsonNode candidate : chunk.path("candidates")) {
            int index = candidate.path("index").intValue();
            seen.add(index);
            candidate.path("content").path("parts").forEach(part -> part(part, finished.contains(index)));
            if (candidate.has("finishReason")) {
                assertThat(finished.add(index))
                        .as("a second finish in %s", chunk)
                        .isTrue();
            }
        }
        if (chunk.path("promptFeedback").has("blockReason")) {
            seen.add(0);
            finished.add(0);
        }
    }

    private static void part(JsonNode part, boolean late) {
        assertThat(part.isObject() && !part.isEmpty()).as("a part: %s", part).isTrue();
        assertThat(!late || part.path("text").asText("-").isEmpty())
                .as("content after the finish: %s", part)
                .isTrue();
        if (part.has("functionCall")) {
            JsonNode arguments = part.path("functionCall").path("args");
            assertThat(part.path("functionCall").path("name").asText()).isNotEmpty();
            assertThat(arguments.isMissingNode() || arguments.isObject())
                    .as("arguments of %s", part)
                    .isTrue();
        }
    }
}
