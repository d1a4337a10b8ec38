package io.camelback.protocol.gemini.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.testkit.GeminiFixtures;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiProviderCodecTest {
    private final GeminiProviderCodec dialect = new GeminiProviderCodec();

    @ParameterizedTest(name = "{0}, stream {1} -> {2}")
    @CsvSource({
        "gemini-3-pro-preview,   false, models/gemini-3-pro-preview:generateContent",
        "models/gemini-2.5-flash, true, models/gemini-2.5-flash:streamGenerateContent?alt=sse",
        "a/b c?d#e:f,            false, models/a%2Fb%20c%3Fd%23e%3Af:generateContent",
        "../x,                   false, models/..%2Fx:generateContent"
    })
    void puts_the_model_into_the_path(String model, boolean stream, String path) {
        assertThat(GeminiProviderCodec.path(model, stream)).isEqualTo(path);
    }

    static Stream<Arguments> passed() {
        return Stream.of(
                Arguments.of(
                        "above the cap",
                        1000,
                        "{\"temperature\":1.0,\"maxOutputTokens\":9999,\"x\":1}",
                        "{\"temperature\":1.0,\"maxOutputTokens\":1000,\"x\":1}"),
                Arguments.of("below the cap", 1000, "{\"maxOutputTokens\":10}", "{\"maxOutputTokens\":10}"),
                Arguments.of("no cap known", 0, "{\"maxOutputTokens\":9999}", "{\"maxOutputTokens\":9999}"),
                Arguments.of("nothing said", 1000, "{}", "{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passed")
    void passes_its_own_dialect_through_but_for_the_output_cap(
            String name, int maxOutput, String config, String expected) {
        String rest =
                "{\"safetySettings\":[],\"unknown\":{\"a\":1.50},\"contents\":[{\"parts\":[]}],\"generationConfig\":";
        ObjectNode original = GeminiFixtures.parse(rest + config + "}");
        ChatRequest request = ChatRequest.builder("auto")
                .message(Message.user("not looked at"))
                .candidates(3)
                .original(new ChatRequest.Original("gemini", original))
                .build();

        ObjectNode body =
                dialect.writeRequest(request, new ProviderModel("gemini-2.5-pro", maxOutput, Set.of(), "gemini"), true);

        assertThat(Json.text(body)).isEqualTo(rest + expected + "}");
        assertThat(body).isNotSameAs(original);
        assertThat(Json.text(original)).isEqualTo(rest + config + "}");
    }

    @Test
    void translates_a_request_of_another_dialect() {
        ChatRequest request = ChatRequest.builder("auto")
                .message(Message.user("Hi"))
                .original(new ChatRequest.Original("openai", GeminiFixtures.parse("{\"model\":\"auto\"}")))
                .build();

        assertThat(Json.text(dialect.writeRequest(
                        request, new ProviderModel("gemini-2.5-pro", 0, Set.of(), "gemini"), false)))
                .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
        assertThat(dialect.name()).isEqualTo("gemini");
    }
}
