package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many tokens a request to Anthropic's Messages has: the model's own count, or an estimate that says so. */
class CountTokensTest {
    private static final String REST =
            ",\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"How are you today?\"}]";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static HttpResponse<String> count(String model, String more, String... headers) throws Exception {
        return DRILL.gateway()
                .post("/v1/messages/count_tokens", "{\"model\":\"" + model + "\"" + REST + more + "}", headers);
    }

    private static long tokens(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = Json.read(response.body());
        assertThat(body.size()).isEqualTo(1);
        return body.path("input_tokens").asLong();
    }

    private static void assertEstimated(HttpResponse<String> response) throws Exception {
        assertThat(tokens(response)).isEqualTo(16);
        assertThat(header(response, "x-camelback-estimated")).isEqualTo("true");
        assertThat(header(response, "x-camelback-model")).isNull();
        assertThat(header(response, "x-camelback-request-id")).isNotNull();
    }

    private static RecordedRequest last() {
        List<RecordedRequest> all = DRILL.gateway().lab.anthropic().received();
        return all.get(all.size() - 1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"premium", "claude-opus", "claude-3-opus-latest"})
    void an_anthropic_model_counts_itself(String model) throws Exception {
        HttpResponse<String> response = count(
                model,
                ",\"thinking\":{\"type\":\"adaptive\"},\"stream\":true,\"metadata\":{\"user_id\":\"u\"}",
                "anthropic-beta",
                "token-counting-2024-11-01",
                "x-secret",
                "canary");

        assertThat(tokens(response)).isEqualTo(last().body().length / 4);
        assertThat(header(response, "x-camelback-estimated")).isNull();
        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(last().path()).isEqualTo("/v1/messages/count_tokens");
        assertThat(last().key()).isEqualTo("sim-anthropic");
        assertThat(last().header("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(last().header("anthropic-beta")).isEqualTo("token-counting-2024-11-01");
        assertThat(last().headers()).doesNotContainKeys("x-secret", "x-camelback-request-id");
        assertThat((Object) last().json())
                .isEqualTo(
                        Json.read("{\"model\":\"claude-opus-5-5\"" + REST + ",\"thinking\":{\"type\":\"adaptive\"}}"));
        assertThat(DRILL.askedAny()).isEqualTo(1);
    }

    @Test
    void a_budget_for_thinking_goes_along_as_it_is() throws Exception {
        tokens(count("claude-haiku", ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":9000}"));

        assertThat(last().json().at("/thinking/budget_tokens").asInt()).isEqualTo(9000);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"gpt", "economy", "local", "nobody", "embeddings"})
    void what_others_would_count_is_estimated(String model) throws Exception {
        assertEstimated(count(model, ""));
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    void a_cooling_down_link_is_not_asked() throws Exception {
        DRILL.coolDown(List.of("claude-opus"));

        assertEstimated(count("premium", ""));
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    void a_link_behind_an_open_breaker_is_not_asked() throws Exception {
        DRILL.breaker("claude-opus").transitionToOpenState();

        assertEstimated(count("premium", ""));
        assertThat(DRILL.askedAny()).isZero();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "an error",
                        SimulatedFault.status(500)
                                .body("{\"error\":{\"message\":\"" + GatewayTestCase.CANARY + "\"}}")),
                Arguments.of("a rate limit", SimulatedFault.status(429).header("Retry-After", "30")),
                Arguments.of("a refusal", SimulatedFault.status(400)),
                Arguments.of("a reset", SimulatedFault.resetBeforeHeaders()),
                Arguments.of("silence", SimulatedFault.silence()),
                Arguments.of("HTML", SimulatedFault.htmlWith200()),
                Arguments.of("no number", SimulatedFault.errorIn200("{\"input_tokens\":\"many\"}")),
                Arguments.of("a negative number", SimulatedFault.errorIn200("{\"input_tokens\":-1}")),
                Arguments.of("JSON cut short", SimulatedFault.errorIn200("{\"input_tok")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whatever_goes_wrong_there_is_an_estimate_and_no_harm(String what, SimulatedFault fault) throws Exception {
        DRILL.script("claude-opus").always(fault);

        assertEstimated(count("premium", ""));

        assertThat(DRILL.asked("claude-opus")).isEqualTo(1);
        assertThat(DRILL.failures("claude-opus")).isZero();
        assertThat(DRILL.coolingDown("claude-opus")).isFalse();
    }

    @Test
    void a_bad_request_is_told_in_anthropics_words() throws Exception {
        HttpResponse<String> response = DRILL.gateway().post("/v1/messages/count_tokens", "{\"model\":\"premium\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode body = Json.read(response.body());
        assertThat(body.path("type").asText()).isEqualTo("error");
        assertThat(body.at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(body.at("/error/message").asText()).contains("messages");
        assertThat(DRILL.askedAny()).isZero();
    }
}
