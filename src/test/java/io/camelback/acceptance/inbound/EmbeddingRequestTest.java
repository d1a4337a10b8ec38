package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests for embeddings are refused, and that their models do not chat. */
class EmbeddingRequestTest extends EmbeddingsTestBase {
    static Stream<Arguments> refused() {
        return Stream.of(
                bad("no model", "{\"input\":\"a\"}", 400, "model", "model is required"),
                bad("no input", "{\"model\":\"embeddings\"}", 400, "input", "input"),
                bad("an empty input", "{\"model\":\"embeddings\",\"input\":[\"\"]}", 400, "input[0]", "not empty"),
                bad(
                        "an unknown encoding",
                        "{\"model\":\"embeddings\",\"input\":\"a\",\"encoding_format\":\"hex\"}",
                        400,
                        "encoding_format",
                        "float or base64"),
                bad("no JSON", "{", 400, null, "not valid JSON"),
                bad(
                        "an unknown model",
                        "{\"model\":\"nobody\",\"input\":\"a\"}",
                        404,
                        "model",
                        "There is no embedding model \"nobody\". For embeddings there are: embeddings, embeddings-large, "
                                + "embed-small, embed-small-openrouter, embed-large, embed-large-openrouter, embed-gemini, embed-local."),
                bad(
                        "an alias of chats",
                        "{\"model\":\"gpt-4.1\",\"input\":\"a\"}",
                        404,
                        "model",
                        "no embedding model \"gpt-4.1\""),
                bad(
                        "a chain of chats",
                        "{\"model\":\"premium\",\"input\":\"a\"}",
                        400,
                        "model",
                        "\"premium\" chats and makes no embeddings. For embeddings there are: embeddings, embeddings-large, embed-small"),
                bad(
                        "a model that chats",
                        "{\"model\":\"gpt\",\"input\":\"a\"}",
                        400,
                        "model",
                        "\"gpt\" chats and makes no embeddings."));
    }

    private static Arguments bad(String what, String body, int status, String param, String told) {
        return Arguments.of(what, body, status, param, told);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, String body, int status, String param, String told) throws Exception {
        HttpResponse<String> response = DRILL.gateway().post("/v1/embeddings", body);

        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = Json.read(response.body()).path("error");
        assertThat(error.path("message").asText()).contains(told);
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(header(response, "x-camelback-request-id")).isNotNull();
        assertThat(DRILL.askedAny()).isZero();
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({"embeddings, /v1/chat/completions", "embed-small, /v1/chat/completions", "embed-local, /v1/messages"})
    void no_conversation_with_a_model_of_embeddings(String model, String endpoint) throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .post(endpoint, RunningGateway.chat(model, false).replace("\"stream\":false", "\"max_tokens\":5"));

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode body = Json.read(response.body());
        assertThat(body.at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(body.at("/error/message").asText())
                .doesNotContain("embed-large")
                .contains("\"" + model + "\" makes embeddings and does not chat. There are: ", "premium");
        assertThat(DRILL.askedAny()).isZero();
    }
}
