package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.resilience.DeploymentStats;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One deadline for a request and all its fallbacks. The links' own timers are too long here to matter. */
class DeadlinesTest {
    @RegisterExtension
    static final GatewayTestCase drill =
            GatewayTestCase.edited(config -> GatewayTestCase.patient(config, Duration.ofSeconds(20))
                    .replace("  strict: { deadline: 600s }", "  strict: { deadline: 800ms }"));

    private static void allSilent() {
        for (SimulatedProvider provider : drill.gateway().lab.providers()) {
            provider.script().always(SimulatedFault.silence());
        }
    }

    private static String code(HttpResponse<String> response) throws Exception {
        return Json.read(response.body()).at("/error/code").asText();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void a_silent_first_link_leaves_the_next_one_time_to_answer(boolean stream) throws Exception {
        drill.script("claude-opus").always(SimulatedFault.silence());

        HttpResponse<String> response = drill.ask("premium", stream, "x-camelback-timeout-ms", "2000");

        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(RunningGateway.text(response)).isEqualTo(drill.hello("gpt"));
        drill.awaitLog("claude-opus its share of the time was over", "gpt ok");
        assertThat(drill.breaker("claude-opus").getMetrics().getNumberOfBufferedCalls())
                .as("calls its breaker counted")
                .isZero();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void T07_a_callers_own_short_deadline_counts_against_nobody(boolean stream) throws Exception {
        drill.script("claude-opus").always(SimulatedFault.slowHeaders(Duration.ofSeconds(2)));
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = drill.ask("claude-opus", stream, "x-camelback-timeout-ms", "100");

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(code(response)).isEqualTo("client_deadline");
        }
        assertThat(drill.asked("claude-opus")).as("sent in time").isBetween(15, 20);
        assertThat(drill.breaker("claude-opus").getState()).isEqualTo(State.CLOSED);
        assertThat(drill.breaker("claude-opus").getMetrics().getNumberOfBufferedCalls())
                .isZero();
    }

    @Test
    void T07_nor_against_any_link_of_a_chain_that_is_silent_as_a_whole() throws Exception {
        allSilent();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = drill.ask("premium", i % 2 == 0, "x-camelback-timeout-ms", "300");

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(code(response)).isEqualTo("client_deadline");
        }
        for (String link : List.of("claude-opus", "gpt", "gemini-pro", "claude-sonnet")) {
            assertThat(drill.breaker(link).getMetrics().getNumberOfBufferedCalls())
                    .as(link)
                    .isZero();
            assertThat(drill.coolingDown(link)).as(link).isFalse();
        }
    }

    @Test
    void without_a_callers_deadline_the_chains_own_holds() throws Exception {
        allSilent();

        HttpResponse<String> response = drill.ask("strict", true);

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(code(response)).isEqualTo("upstream_timeout");
        drill.awaitLog("claude-opus its share of the time was over", "gpt the request's time ran out");
        assertThat(drill.failures("claude-opus") + drill.failures("gpt")).isZero();
    }

    @Test
    void links_that_could_not_be_asked_anyway_reserve_nothing() throws Exception {
        allSilent();
        drill.coolDown(List.of("gpt"));

        drill.ask("strict", true);

        drill.awaitLog("claude-opus the request's time ran out");
    }

    @Test
    void who_writes_steadily_may_use_the_time_of_those_after_it() throws Exception {
        drill.script("claude-opus")
                .then(SimulatedFault.ok(SimulatedCompletion.words(15).delay(Duration.ofMillis(50))));

        HttpResponse<String> response = drill.ask("premium", false, "x-camelback-timeout-ms", "1200");

        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(RunningGateway.text(response)).endsWith("word15");
    }

    @Test
    void a_link_that_was_never_quick_enough_is_not_asked_for_an_answer_at_once() throws Exception {
        DeploymentStats qwen = drill.gateway().vitals.stats().of("local-qwen");
        drill.script("local-qwen").times(6, SimulatedFault.slowHeaders(Duration.ofMillis(250)));
        for (int i = 0; i < 6; i++) {
            drill.ask("local-qwen", false);
        }
        GatewayTestCase.soon("six answers in its statistics")
                .until(() -> qwen.firstToken().samples() == 6);

        HttpResponse<String> response = drill.ask("local", false, "x-camelback-timeout-ms", "200");

        assertThat(header(response, "x-camelback-model")).isEqualTo("local-llama");
        assertThat(drill.asked("local-qwen")).isEqualTo(6);
        drill.awaitLog("local-qwen starved: ", "no recent first token took less than 2", "local-llama ok");
    }
}
