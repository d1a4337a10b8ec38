package io.camelback.camel.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.protocol.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Gemini's clients say in a URL: model, method, and how a stream is wanted. */
class EndpointUrlTest {
    private static final List<String> METHODS = List.of("generateContent", "countTokens");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/v1beta/models/gemini-4:generateContent, gemini-4, generateContent",
        "/v1/models/gemini-4:countTokens, gemini-4, countTokens",
        "/v1beta/models/publisher/model-1:countTokens, publisher/model-1, countTokens",
        "/v1beta/models/ollama:7b:generateContent, ollama:7b, generateContent",
        "/v1beta/models/a%2Fb%20c:countTokens, a/b c, countTokens"
    })
    void model_and_method(String path, String model, String method) {
        assertThat(new EndpointUrl(path, "").modelMethod(METHODS, "no"))
                .isEqualTo(new EndpointUrl.ModelMethod(model, method));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/v1beta/models/gemini-4",
                "/v1beta/models/gemini-4:",
                "/v1beta/models/:countTokens",
                "/v1beta/models/gemini-4:embedContent",
                "/v1beta/models/gemini-4:countTokens/more",
                "/v1beta/tunedModels/gemini-4:countTokens"
            })
    void anything_else_is_not_found(String path) {
        assertThatThrownBy(() -> new EndpointUrl(path, "").modelMethod(METHODS, "There is no such method."))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
                    assertThat(refused.error().status()).isEqualTo(404);
                    assertThat(refused.error().message()).isEqualTo("There is no such method.");
                });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', false",
        "alt=sse, true",
        "key=x&alt=sse, true",
        "alt=sse&key=x, true",
        "alt=json, false",
        "malt=sse, false",
        "alt=ssex, false"
    })
    void how_a_stream_is_wanted(String query, boolean sse) {
        assertThat(new EndpointUrl("/v1beta/models/m:streamGenerateContent", query).wantsSse())
                .isEqualTo(sse);
    }
}
