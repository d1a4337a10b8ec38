package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.FirstLinkFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ShippedChain;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Five failures open a deployment's breaker for a minute; then one request finds out whether it is well. No retries
 * here.
 */
class CircuitBreakersTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(
            config -> GatewayTestCase.withoutRetries(GatewayTestCase.patient(config, Duration.ofSeconds(4))));

    /** The shipped minute: up to and with its last moment nothing is asked. */
    private static final Duration COOLDOWN = Duration.ofSeconds(60);

    private static final Duration MOMENT = Duration.ofMillis(1);

    private static void open(String chain, String deployment) throws Exception {
        drill.script(deployment).times(5, SimulatedFault.status(500));
        for (int i = 0; i < 5; i++) {
            drill.ask(chain, i % 2 == 0);
        }
        assertThat(drill.breaker(deployment).getState()).isEqualTo(State.OPEN);
        assertThat(drill.asked(deployment)).isEqualTo(5);
    }

    private static void advance(Duration by) {
        drill.gateway().clock.advance(by);
    }

    private static String answering(String chain) throws Exception {
        return header(drill.ask(chain, false), "x-camelback-model");
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void after_five_failures_a_deployment_is_passed_over(boolean stream) throws Exception {
        open("premium", "claude-opus");

        HttpResponse<String> response = drill.ask("premium", stream);

        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(drill.asked("claude-opus"))
                .as("requests to the one whose breaker is open")
                .isEqualTo(5);
        drill.awaitLog("premium -> 200 gpt", "[claude-opus breaker open; gpt ok");
    }

    @Test
    void what_one_chain_learned_another_knows() throws Exception {
        open("premium", "claude-opus");

        assertThat(answering("strict")).isEqualTo("gpt");
        assertThat(answering("balanced"))
                .as("another model of the same provider")
                .isEqualTo("claude-sonnet");
        HttpResponse<String> pinned = drill.ask("claude-opus", false);
        assertThat(pinned.statusCode()).isEqualTo(503);
        assertThat(Json.read(pinned.body()).at("/error/code").asText()).isEqualTo("upstream_unavailable");
        assertThat(header(pinned, "Retry-After")).isNotNull();
        assertThat(header(pinned, "x-camelback-attempts")).isEqualTo("0");
        assertThat(drill.asked("claude-opus")).isEqualTo(5);
    }

    @Test
    void with_every_breaker_open_a_chain_still_says_something() throws Exception {
        for (ShippedChain chain : ShippedChain.values()) {
            chain.links.forEach(link -> drill.breaker(link).transitionToOpenState());
        }
        for (ShippedChain chain : ShippedChain.values()) {
            HttpResponse<String> response = drill.ask(chain.model(), true);

            assertThat(response.statusCode()).as(chain.model()).isEqualTo(chain.degrades ? 200 : 503);
            assertThat(header(response, "x-camelback-degraded")).isEqualTo(chain.degrades ? "static" : null);
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("0");
        }
        assertThat(drill.askedAny()).isZero();
    }

    @Test
    void after_the_cooldown_exactly_one_request_finds_out() throws Exception {
        open("premium", "claude-opus");
        advance(COOLDOWN);
        assertThat(answering("premium")).isEqualTo("gpt");
        advance(MOMENT);
        drill.script("claude-opus").always(SimulatedFault.slowHeaders(Duration.ofSeconds(2)));

        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(drill.gateway()
                    .client()
                    .sendAsync(
                            drill.gateway().request("/v1/chat/completions", RunningGateway.chat("premium", i % 2 == 0)),
                            HttpResponse.BodyHandlers.ofString()));
        }
        Map<String, Long> answered = sent.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(
                        response -> header(response, "x-camelback-model"), Collectors.counting()));

        assertThat(answered).containsOnly(Map.entry("claude-opus", 1L), Map.entry("gpt", 19L));
        assertThat(drill.asked("claude-opus")).isEqualTo(6);
        assertThat(drill.breaker("claude-opus").getState()).isEqualTo(State.CLOSED);
        drill.script("claude-opus").clear();
        assertThat(answering("premium")).isEqualTo("claude-opus");
    }

    /** K05: ten at once to begin with, however many wait; the others go on to the next link. */
    @Test
    void K05_one_that_came_back_is_not_asked_by_all_at_once() throws Exception {
        open("premium", "claude-opus");
        advance(COOLDOWN.plus(MOMENT));
        assertThat(answering("premium")).isEqualTo("claude-opus");
        drill.script("claude-opus").always(SimulatedFault.slowHeaders(Duration.ofSeconds(2)));

        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sent.add(drill.gateway()
                    .client()
                    .sendAsync(
                            drill.gateway().request("/v1/chat/completions", RunningGateway.chat("premium", i % 2 == 0)),
                            HttpResponse.BodyHandlers.ofString()));
        }
        Map<String, Long> answered = sent.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(
                        response -> header(response, "x-camelback-model"), Collectors.counting()));

        assertThat(answered).containsOnly(Map.entry("claude-opus", 10L), Map.entry("gpt", 20L));
        drill.script("claude-opus").clear();
        advance(Duration.ofSeconds(30));
        assertThat(answering("premium")).isEqualTo("claude-opus");
    }

    @Test
    void a_probe_that_fails_starts_another_cooldown() throws Exception {
        open("premium", "claude-opus");
        advance(COOLDOWN.plus(MOMENT));
        drill.script("claude-opus").then(SimulatedFault.status(503));

        assertThat(answering("premium")).isEqualTo("gpt");
        assertThat(drill.breaker("claude-opus").getState()).isEqualTo(State.OPEN);
        advance(COOLDOWN);
        assertThat(answering("premium")).isEqualTo("gpt");
        assertThat(drill.asked("claude-opus")).isEqualTo(6);
        advance(MOMENT);
        assertThat(answering("premium")).isEqualTo("claude-opus");
    }

    @Test
    void a_probe_that_tells_nothing_leaves_room_for_the_next() throws Exception {
        open("premium", "claude-opus");
        advance(COOLDOWN.plus(MOMENT));
        drill.script("claude-opus").then(SimulatedFault.status(429).header("Retry-After", "30"));

        assertThat(answering("premium")).as("a rate limit").isEqualTo("gpt");
        assertThat(answering("premium")).as("a cooldown").isEqualTo("gpt");
        advance(Duration.ofSeconds(30));
        assertThat(answering("premium")).isEqualTo("claude-opus");
        assertThat(drill.breaker("claude-opus").getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void an_answer_between_failures_keeps_the_breaker_closed() throws Exception {
        drill.script("deepseek")
                .times(4, SimulatedFault.status(500))
                .then(SimulatedFault.ok())
                .times(4, SimulatedFault.status(500));
        for (int i = 0; i < 9; i++) {
            drill.ask("economy", false);
        }

        assertThat(drill.breaker("deepseek").getState()).isEqualTo(State.CLOSED);
        assertThat(drill.asked("deepseek")).isEqualTo(9);
    }

    static Stream<Arguments> no_fault_of_its_health() {
        return Stream.of(
                Arguments.of("429", SimulatedFault.status(429).header("Retry-After", "1")),
                Arguments.of("400", SimulatedFault.status(400)),
                Arguments.of("401", SimulatedFault.status(401)),
                Arguments.of("402", SimulatedFault.status(402)),
                Arguments.of("403", SimulatedFault.status(403)),
                Arguments.of("404", SimulatedFault.status(404)),
                Arguments.of("413", SimulatedFault.status(413)),
                Arguments.of("422", SimulatedFault.status(422)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("no_fault_of_its_health")
    void what_says_nothing_of_its_health_never_opens_a_breaker(String name, SimulatedFault fault) throws Exception {
        drill.script("deepseek").always(fault);
        drill.script("claude-sonnet").always(fault);
        for (int i = 0; i < 12; i++) {
            for (String chain : List.of("economy", "balanced")) {
                drill.ask(chain, i % 2 == 0);
            }
            advance(Duration.ofMinutes(15));
        }

        for (String deployment : List.of("deepseek", "claude-sonnet")) {
            assertThat(drill.asked(deployment)).isGreaterThanOrEqualTo(12);
            assertThat(drill.breaker(deployment).getMetrics().getNumberOfBufferedCalls())
                    .isZero();
            assertThat(drill.breaker(deployment).getState()).isEqualTo(State.CLOSED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            names = {
                "SERVER_ERROR",
                "UNAVAILABLE",
                "OVERLOADED",
                "RESET_BEFORE_HEADERS",
                "CUT_BEFORE_CONTENT",
                "HTML_WITH_200",
                "ERROR_IN_200",
                "ERROR_EVENT",
                "EMPTY_COMPLETION",
                "MALFORMED_JSON",
                "BAD_CHUNK_SIZE"
            })
    void five_of_the_same_fault_open_it(FirstLinkFault fault) throws Exception {
        drill.script("claude-opus").always(fault.fault);
        for (int i = 0; i < 6; i++) {
            assertThat(header(drill.ask("premium", i % 2 == 0), "x-camelback-model"))
                    .isEqualTo("gpt");
        }

        assertThat(drill.breaker("claude-opus").getState()).isEqualTo(State.OPEN);
        assertThat(drill.asked("claude-opus")).isEqualTo(5);
    }
}
