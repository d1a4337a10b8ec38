package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.InvalidRequestCase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong with a request is told at the endpoint, in OpenAI's words, and no provider hears of it. */
class RequestValidationTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void refuses_what_cannot_be_served(InvalidRequestCase bad) throws Exception {
        HttpResponse<String> response = post(bad.body);

        JsonNode error = Json.read(response.body()).path("error");
        assertThat(response.statusCode()).isEqualTo(bad.status);
        assertThat(error.path("code").asText()).isEqualTo(bad.code);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").textValue()).isEqualTo(bad.param);
        assertThat(error.path("message").asText()).contains(bad.message).hasSizeLessThan(1500);
        assertHeadersOfARefusal(response);
        assertThat(DRILL.askedAny()).as("requests to providers").isZero();
    }

    @Test
    void an_unknown_model_is_told_every_chain_and_deployment() throws Exception {
        HttpResponse<String> response = DRILL.ask("nobody", false);

        assertThat(Json.read(response.body()).at("/error/message").asText())
                .contains(
                        "auto",
                        "premium",
                        "balanced",
                        "economy",
                        "local",
                        "strict",
                        "claude-opus",
                        "openai-4o-mini",
                        "local-llama");
    }

    @Test
    void the_deepest_json_that_is_taken_has_100_levels() throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .post("/v1/chat/completions", InvalidRequestCase.with("\"x\":" + InvalidRequestCase.nested(99)));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "x-camelback-timeout-ms, soon",
        "x-camelback-timeout-ms, 0",
        "x-camelback-timeout-ms, -5",
        "x-camelback-timeout-ms, 1.5",
        "x-camelback-timeout-ms, 99999999999999999999",
        "x-camelback-no-fallback, perhaps"
    })
    void refuses_hints_that_make_no_sense(String name, String value) throws Exception {
        HttpResponse<String> response = DRILL.ask("premium", false, name, value);

        JsonNode error = Json.read(response.body()).path("error");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error.path("param").asText()).isEqualTo(name);
        assertThat(error.path("message").asText()).contains("The header " + name + " must be");
        assertHeadersOfARefusal(response);
        assertThat(DRILL.askedAny()).as("requests to providers").isZero();
    }

    private static void assertHeadersOfARefusal(HttpResponse<String> response) {
        String id = header(response, "x-camelback-request-id");
        assertThat(id).matches("req_[0-9a-f]{24}");
        assertThat(response.body()).contains("(request id " + id + ")");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("0");
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-camelback-model")).isNull();
    }

    private static HttpResponse<String> post(byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(DRILL.gateway().uri("/v1/chat/completions"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return DRILL.gateway().client().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
