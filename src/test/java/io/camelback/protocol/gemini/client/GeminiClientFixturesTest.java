package io.camelback.protocol.gemini.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.testkit.GeminiFixtures;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiClientFixturesTest {
    private static final GeminiClientCodec CODEC = new GeminiClientCodec();

    static Stream<String> requests() {
        return Stream.of(
                "text",
                "multi-turn",
                "snake-case",
                "tools",
                "tool-loop-without-ids",
                "tool-results-by-id",
                "media",
                "response-schema",
                "array-schema",
                "enum",
                "json-mode",
                "thinking",
                "code-execution");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    @ValueSource(strings = "foreign-thinking")
    void reads_the_request(String name) {
        ObjectNode body = GeminiFixtures.json("endpoint-" + name + "/request.json");
        String before = Json.text(body);

        ChatRequest request = CODEC.readRequest(body, "models/balanced", true);

        assertThat(NeutralRequestFacts.lines(request))
                .isEqualTo(GeminiFixtures.text("endpoint-" + name + "/neutral.txt"));
        assertThat(request.model()).isEqualTo("balanced");
        assertThat(request.stream()).isTrue();
        assertThat(Json.text(body)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void hands_the_request_on_to_gemini_unchanged(String name) {
        ObjectNode body = GeminiFixtures.json("endpoint-" + name + "/request.json");
        ChatRequest request = CODEC.readRequest(body, "balanced", false);
        ProviderModel target = new ProviderModel("gemini-2.5-flash", 65_536, Set.of(), "gemini");
        ObjectNode expected = body.deepCopy();
        if (name.equals("snake-case")) {
            ((ObjectNode) expected.at("/generation_config/thinking_config")).remove("thinking_level");
            ((ObjectNode) expected.at("/generation_config/thinking_config")).put("thinkingBudget", 400);
        }

        assertThat(Json.text(new GeminiProviderCodec().writeRequest(request, target, false)))
                .isEqualTo(Json.text(expected));
    }
}
