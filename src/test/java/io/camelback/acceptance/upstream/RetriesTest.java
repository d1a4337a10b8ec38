package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.acceptance.operations.MetricsTest;
import io.camelback.json.Json;
import io.camelback.resilience.InFlightLimiter;
import io.camelback.simulator.BodyFault;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ShippedChain;
import io.camelback.testkit.StreamTranscript;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again to the same deployment, what goes on to the next, and what is the caller's to hear at once. */
class RetriesTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.shipped();

    private static final BodyFault.Status BAD_TEMPERATURE = SimulatedFault.status(400)
            .body("{\"error\":{\"message\":\"" + GatewayTestCase.CANARY
                    + "\",\"type\":\"invalid_request_error\",\"param\":\"temperature\",\"code\":\"invalid_value\"}}");
    private static final String TOO_LONG = "{\"error\":{\"message\":\"" + GatewayTestCase.CANARY
            + "\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}";

    /** docs/failures.md K07: three calls at least, or a fifth of the deployment's, may be running again at once. */
    @Test
    void K07_a_deployment_many_of_whose_calls_were_sent_again_is_asked_but_once() throws Exception {
        InFlightLimiter inFlight = drill.gateway().vitals.inFlight();
        double before = MetricsTest.value(drill.gateway(), "camelback_retry_budget_exhausted_total");
        for (int i = 0; i < 3; i++) {
            assertThat(inFlight.acquireRetry("claude-opus")).isTrue();
        }
        try {
            drill.script("claude-opus").then(SimulatedFault.status(500));

            assertThat(header(drill.ask("premium", false), "x-camelback-model"))
                    .as("the next link")
                    .isEqualTo("gpt");
            assertThat(drill.asked("claude-opus")).isEqualTo(1);
            assertThat(MetricsTest.value(drill.gateway(), "camelback_retry_budget_exhausted_total"))
                    .isEqualTo(before + 1);
        } finally {
            for (int i = 0; i < 3; i++) {
                inFlight.releaseRetry("claude-opus");
            }
        }
        drill.script("claude-opus").then(SimulatedFault.status(500));
        assertThat(header(drill.ask("premium", false), "x-camelback-model"))
                .as("it has room again")
                .isEqualTo("claude-opus");
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("500", SimulatedFault.status(500)),
                Arguments.of("502 page", SimulatedFault.status(502).body("<html>Bad gateway")),
                Arguments.of("503", SimulatedFault.status(503)),
                Arguments.of("529", SimulatedFault.status(529)),
                Arguments.of("reset", SimulatedFault.resetBeforeHeaders()),
                Arguments.of("closed", SimulatedFault.closeBeforeHeaders()),
                Arguments.of("429 for 50 ms", SimulatedFault.status(429).header("retry-after-ms", "50")),
                Arguments.of("500 for 50 ms", SimulatedFault.status(500).header("retry-after-ms", "50")),
                Arguments.of("429 for a second", SimulatedFault.status(429).header("Retry-After", "1")),
                Arguments.of("409 that advises it", SimulatedFault.status(409).header("x-should-retry", "true")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void a_failure_that_may_pass_is_sent_again_to_the_same_deployment(String name, SimulatedFault fault)
            throws Exception {
        drill.script("deepseek").then(fault);

        HttpResponse<String> response = drill.ask("economy", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("deepseek");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(text(response)).isEqualTo(drill.hello("deepseek"));
        assertThat(drill.asked("deepseek")).isEqualTo(2);
        assertThat(drill.askedAny()).isEqualTo(2);
        assertThat(drill.failures("deepseek"))
                .as("one call, which went well in the end")
                .isZero();
        assertThat(drill.coolingDown("deepseek")).isFalse();
    }

    @Test
    void what_is_sent_again_is_the_same() throws Exception {
        drill.script("claude-opus").times(2, SimulatedFault.status(500));

        drill.ask("premium", true);

        var received = drill.provider("claude-opus").received();
        assertThat(received.subList(received.size() - 3, received.size()))
                .extracting(one -> new String(one.body()))
                .hasSize(3)
                .containsOnly(new String(received.get(received.size() - 1).body()));
    }

    static Stream<Arguments> lasting() {
        return Stream.of(
                Arguments.of("a timeout", SimulatedFault.silence()),
                Arguments.of("504", SimulatedFault.status(504)),
                Arguments.of(
                        "a wait beyond max-retry-after",
                        SimulatedFault.status(429).header("Retry-After", "4")),
                Arguments.of(
                        "an overload beyond max-retry-after",
                        SimulatedFault.status(529).header("Retry-After", "4")),
                Arguments.of("429 without a time", SimulatedFault.status(429)),
                Arguments.of(
                        "500 that advises against it",
                        SimulatedFault.status(500).header("x-should-retry", "false")),
                Arguments.of(
                        "an error in a body", SimulatedFault.errorIn200("{\"error\":{\"code\":500,\"message\":\"\"}}")),
                Arguments.of("a wrong key", SimulatedFault.status(401)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lasting")
    void what_would_not_pass_at_once_goes_to_the_next_link(String name, SimulatedFault fault) throws Exception {
        drill.script("deepseek").always(fault);

        HttpResponse<String> response = drill.ask("economy", true);

        assertThat(header(response, "x-camelback-model")).isEqualTo("groq-llama");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(drill.asked("deepseek")).isEqualTo(1);
    }

    @Test
    void no_wait_goes_beyond_the_caller_s_own_time() throws Exception {
        drill.script("deepseek").always(SimulatedFault.status(429).header("Retry-After", "2"));

        HttpResponse<String> response = drill.ask("economy", false, "x-camelback-timeout-ms", "1900");

        assertThat(header(response, "x-camelback-model")).isEqualTo("groq-llama");
        assertThat(drill.asked("deepseek")).isEqualTo(1);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void what_another_makers_server_refuses_goes_to_the_next_link(boolean stream) throws Exception {
        drill.script("deepseek").always(BAD_TEMPERATURE);

        HttpResponse<String> response = drill.ask("economy", stream);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("groq-llama");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(drill.asked("deepseek")).isEqualTo(1);
        assertThat(drill.breaker("deepseek").getMetrics().getNumberOfBufferedCalls())
                .isZero();
    }

    @Test
    void what_every_link_refuses_is_the_callers_to_hear() throws Exception {
        drill.gateway().lab.providers().forEach(provider -> provider.script().always(BAD_TEMPERATURE));

        HttpResponse<String> response = drill.ask("economy", false);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode error = Json.read(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).contains("`temperature`").doesNotContain("canary", "evil");
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(drill.asked("deepseek")).isEqualTo(1);
    }

    @Test
    void a_400_of_a_translated_request_is_that_links_own() throws Exception {
        drill.script("claude-opus").always(SimulatedFault.status(400));

        HttpResponse<String> response = drill.ask("premium", false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(drill.asked("claude-opus")).isEqualTo(1);
        assertThat(drill.failures("claude-opus")).isZero();
        assertThat(drill.coolingDown("claude-opus")).isFalse();
    }

    @Test
    void a_refusal_by_policy_is_not_taken_elsewhere() throws Exception {
        drill.script("deepseek")
                .always(
                        SimulatedFault.status(400)
                                .body(
                                        "{\"error\":{\"message\":\"" + GatewayTestCase.CANARY
                                                + "\",\"type\":\"invalid_request_error\",\"param\":\"prompt\",\"code\":\"content_filter\"}}"));

        HttpResponse<String> response = drill.ask("economy", false);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("content_filter");
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} says {1}, streamed: {2}")
    @CsvSource({
        "ECONOMY, content_filter, false",
        "ECONOMY, content_filter, true",
        "PREMIUM, refusal, false",
        "PREMIUM, refusal, true"
    })
    void an_answer_that_a_filter_ended_is_an_answer(ShippedChain chain, String word, boolean stream) throws Exception {
        for (String text : new String[] {"I had begun to", ""}) {
            drill.script(chain.first())
                    .then(SimulatedFault.ok(SimulatedCompletion.text(text).finish(word)));

            HttpResponse<String> response = drill.ask(chain.model(), stream);

            assertThat(header(response, "x-camelback-model")).isEqualTo(chain.first());
            String finish = stream
                    ? StreamTranscript.of(response).finishes().get(0)
                    : Json.read(response.body()).at("/choices/0/finish_reason").asText();
            assertThat(finish).isEqualTo("content_filter");
            assertThat(text(response)).isEqualTo(text);
        }
        assertThat(drill.askedAny()).isEqualTo(2);
        assertThat(drill.failures(chain.first())).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {400, 413})
    void a_conversation_too_long_for_one_model_goes_to_the_next_larger_one_without_blame(int status) throws Exception {
        drill.script("claude-opus").always(SimulatedFault.status(status).body(TOO_LONG));

        HttpResponse<String> response = drill.ask("strict", true);

        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(drill.asked("claude-opus")).isEqualTo(1);
        assertThat(drill.breaker("claude-opus").getMetrics().getNumberOfBufferedCalls())
                .isZero();
        assertThat(drill.coolingDown("claude-opus")).isFalse();
    }

    @Test
    void a_conversation_too_long_for_all_is_the_caller_s_to_hear() throws Exception {
        drill.gateway()
                .lab
                .providers()
                .forEach(provider ->
                        provider.script().always(SimulatedFault.status(400).body(TOO_LONG)));

        HttpResponse<String> response = drill.ask("strict", false);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(response.body()).doesNotContain("canary");
    }

    @Test
    void a_second_is_waited_for_in_full() throws Exception {
        drill.script("deepseek").then(SimulatedFault.status(429).header("retry-after-ms", "300"));

        drill.ask("economy", false);

        var received = drill.provider("deepseek").received();
        long first = received.get(received.size() - 2).at();
        long second = received.get(received.size() - 1).at();
        assertThat(Duration.ofNanos(second - first)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
}
