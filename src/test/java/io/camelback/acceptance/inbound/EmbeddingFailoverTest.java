package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures of a provider let another deployment of the same model make the embeddings. */
class EmbeddingFailoverTest extends EmbeddingsTestBase {
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("a rate limit", 1, SimulatedFault.status(429).header("Retry-After", "30")),
                Arguments.of("a server error", 3, SimulatedFault.status(500)),
                Arguments.of("an overload", 3, SimulatedFault.status(529)),
                Arguments.of("a reset", 3, SimulatedFault.resetBeforeHeaders()),
                Arguments.of("a refused key", 1, SimulatedFault.status(401)),
                Arguments.of("a model that is gone", 1, SimulatedFault.status(404)),
                Arguments.of("silence", 1, SimulatedFault.silence()),
                Arguments.of("HTML", 1, SimulatedFault.htmlWith200()),
                Arguments.of(
                        "an error with status 200",
                        1,
                        SimulatedFault.errorIn200("{\"error\":{\"message\":\"x\",\"code\":502}}")),
                Arguments.of(
                        "JSON cut short", 1, SimulatedFault.errorIn200("{\"data\":[{\"index\":0,\"embedding\":[0.1")),
                Arguments.of("no vector", 1, SimulatedFault.errorIn200("{\"object\":\"list\",\"data\":[]}")),
                Arguments.of(
                        "a vector too many",
                        1,
                        SimulatedFault.errorIn200(
                                "{\"data\":[{\"index\":0,\"embedding\":[0.1]},{\"index\":1,\"embedding\":[0.1]}]}")),
                Arguments.of("a stream", 1, SimulatedFault.rawSse("data: {}\n\n", 100)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void the_same_model_answers_elsewhere(String what, int tries, SimulatedFault fault) throws Exception {
        List<List<Float>> well = vectors(embed("embeddings", "hello"));
        int before = DRILL.asked("embed-small");
        DRILL.script("embed-small").always(fault);

        HttpResponse<String> response = embed("embeddings", "hello");

        assertThat(vectors(response)).isEqualTo(well);
        assertThat(header(response, "x-camelback-model")).isEqualTo("embed-small-openrouter");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo(String.valueOf(tries + 1));
        // A reset of a connection that was used before is the connection's fault: it is sent once more without a word
        // (C08).
        int sent = what.equals("a reset") ? tries + 1 : tries;
        assertThat(DRILL.asked("embed-small") - before).isEqualTo(sent);
        assertThat(last("embed-small-openrouter").json().path("model").asText())
                .isEqualTo("openai/text-embedding-3-small");
    }

    @Test
    void no_other_model_ever_stands_in() throws Exception {
        DRILL.script("embed-small").always(SimulatedFault.status(500));
        DRILL.script("embed-small-openrouter").always(SimulatedFault.status(500));

        HttpResponse<String> response = embed("embeddings", "hello");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("upstream_error");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("6");
        assertThat(header(response, "x-camelback-chain")).isEqualTo("embeddings");
        assertThat(header(response, "x-camelback-cost-usd")).isNull();
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(DRILL.askedAny()).isEqualTo(6);
    }

    @Test
    void a_rate_limit_cools_down_and_failures_open_the_breaker() throws Exception {
        DRILL.script("embed-small").then(SimulatedFault.status(429).header("Retry-After", "30"));
        DRILL.script("embed-large").always(SimulatedFault.status(500));

        vectors(embed("embeddings", "hello"));
        HttpResponse<String> limited = embed("embed-small", "hello");
        for (int i = 0; i < 5; i++) {
            assertThat(embed("embed-large", "hello").statusCode()).isEqualTo(502);
        }
        HttpResponse<String> open = embed("embed-large", "hello");

        assertThat(DRILL.coolingDown("embed-small")).isTrue();
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(header(limited, "Retry-After")).isEqualTo("30");
        assertThat(open.statusCode()).isEqualTo(503);
        assertThat(DRILL.asked("embed-small")).isEqualTo(1);
        assertThat(DRILL.asked("embed-large")).isEqualTo(15);
    }

    @Test
    void the_callers_own_time_counts() throws Exception {
        DRILL.script("embed-small").always(SimulatedFault.silence());

        HttpResponse<String> response =
                embed(Map.of("model", "embed-small", "input", "hello"), "x-camelback-timeout-ms", "200");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(DRILL.asked("embed-small-openrouter")).isZero();
    }

    @Test
    void what_every_provider_declines_is_the_callers_to_mend() throws Exception {
        DRILL.gateway()
                .lab
                .providers()
                .forEach(
                        provider -> provider.script()
                                .always(
                                        SimulatedFault.status(400)
                                                .body(
                                                        "{\"error\":{\"message\":\"" + GatewayTestCase.CANARY
                                                                + "\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":null}}")));

        HttpResponse<String> response = embed("embeddings", "hello");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("canary");
        assertThat(DRILL.asked("embed-small")).isEqualTo(1);
    }

    @Test
    void a_batch_that_fails_is_sent_again_and_no_other() throws Exception {
        DRILL.script("embed-gemini").then(SimulatedFault.ok(), SimulatedFault.status(503));

        HttpResponse<String> response = embed("embed-gemini", texts(201));

        assertThat(vectors(response)).hasSize(201);
        assertThat(DRILL.asked("embed-gemini")).isEqualTo(4);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(header(response, "x-camelback-cost-usd"))
                .as("Google told no usage")
                .isNull();
    }

    static Stream<Arguments> lost_batches() {
        return Stream.of(
                Arguments.of("a rate limit", SimulatedFault.status(429).header("Retry-After", "30"), 429),
                Arguments.of("a broken answer", SimulatedFault.errorIn200("{\"embeddings\":[]}"), 502),
                Arguments.of("a declined request", SimulatedFault.status(400), 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void lost_batches(String what, SimulatedFault fault, int status) throws Exception {
        DRILL.script("embed-gemini").then(SimulatedFault.ok(), fault);

        HttpResponse<String> response = embed("embed-gemini", texts(250));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(DRILL.asked("embed-gemini"))
                .as("the third batch is not sent")
                .isEqualTo(2);
    }
}
