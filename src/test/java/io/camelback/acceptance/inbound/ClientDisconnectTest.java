package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ProtocolChains;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Callers who leave before they have their answer: the provider is told at once, so that it stops writing and billing,
 * and it is nobody's failure. All of the gateway's own timers are too long here to be the reason.
 */
class ClientDisconnectTest {
    @RegisterExtension
    static final GatewayTestCase drill =
            GatewayTestCase.edited(config -> GatewayTestCase.patient(config, Duration.ofSeconds(30)));

    /** What a provider is doing when the caller leaves. */
    enum Moment {
        NO_HEADERS_YET(SimulatedFault.silence(), 0),
        HEADERS_AND_NOTHING(SimulatedFault.slowFirstToken(Duration.ofSeconds(30)), 0),
        PINGS(SimulatedFault.pingsBeforeFirstToken(Duration.ofSeconds(30), Duration.ofMillis(50)), 0),
        AFTER_SOME_WORDS(SimulatedFault.stallAfter(2), 2),
        BETWEEN_WORDS(SimulatedFault.ok(SimulatedCompletion.words(10_000).delay(Duration.ofMillis(10))), 3);

        final SimulatedFault fault;
        final int tokens;

        Moment(SimulatedFault fault, int tokens) {
            this.fault = fault;
            this.tokens = tokens;
        }
    }

    static Stream<Arguments> moments() {
        return Arrays.stream(Moment.values())
                .flatMap(moment -> Arrays.stream(ProtocolChains.values())
                        .flatMap(dialect ->
                                Stream.of(Arguments.of(moment, dialect, true), Arguments.of(moment, dialect, false))));
    }

    @ParameterizedTest(name = "{0}: {1}, streamed: {2}")
    @MethodSource("moments")
    void trap_54_the_provider_is_told_at_once_and_nobody_is_blamed(
            Moment moment, ProtocolChains dialect, boolean stream) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
        drill.script(dialect.link).then(moment.fault);

        long left;
        RecordedRequest received;
        try (RawHttpClient caller = RawHttpClient.chat(drill.gateway(), dialect.chain, stream)) {
            received = awaitAsked(dialect.link);
            assertThat(received.awaitTokens(moment.tokens, GatewayTestCase.SOON))
                    .isTrue();
            if (stream && moment.tokens > 0) {
                caller.readTo("word" + moment.tokens);
            }
            left = System.nanoTime();
        }

        assertLeft(received, left);
        assertNobodyBlamed(dialect);
    }

    /** As Codex does, which closes the connection as soon as it has read the last event. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_caller_who_leaves_with_the_last_event_has_been_served(ProtocolChains dialect) throws Exception {
        dialect.first(drill);

        try (RawHttpClient caller = RawHttpClient.chat(drill.gateway(), dialect.chain, true)) {
            caller.readTo("[DONE]");
        }

        drill.awaitLog(dialect.chain + " -> 200 " + dialect.link);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_caller_whose_program_was_killed_has_left_as_well(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
        drill.script(dialect.link).then(SimulatedFault.stallAfter(2));
        RawHttpClient caller = RawHttpClient.chat(drill.gateway(), dialect.chain, true);
        RecordedRequest received = awaitAsked(dialect.link);
        caller.readTo("word2");

        long left = System.nanoTime();
        caller.breakOff();

        assertLeft(received, left);
        assertNobodyBlamed(dialect);
    }

    @ParameterizedTest(name = "broken off: {0}")
    @ValueSource(booleans = {false, true})
    void leaving_in_the_middle_of_the_body_is_no_failure_of_the_gateway(boolean brokenOff) throws Exception {
        RawHttpClient caller = RawHttpClient.connect(drill.gateway().standalone.port());
        caller.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2000000\r\n\r\n{\"model\":\"premium\",\"messages\":[" + "{},".repeat(10_000));
        GatewayTestCase.soon("memory for the body")
                .until(() -> drill.gateway().vitals.memory().used() > 0);

        if (brokenOff) {
            caller.breakOff();
        } else {
            caller.close();
        }

        GatewayTestCase.soon("the body's memory is free")
                .until(() -> drill.gateway().vitals.memory().used() == 0);
        assertThat(drill.log()).isEmpty();
    }

    @Test
    void closing_the_response_is_leaving() throws Exception {
        drill.script("claude-opus")
                .then(SimulatedFault.ok(SimulatedCompletion.words(10_000).delay(Duration.ofMillis(10))));
        HttpResponse<InputStream> response = drill.gateway()
                .client()
                .send(
                        drill.gateway().request("/v1/chat/completions", RunningGateway.chat("premium", true)),
                        HttpResponse.BodyHandlers.ofInputStream());
        RecordedRequest received = awaitAsked("claude-opus");
        assertThat(response.body().read()).isEqualTo('d');

        long left = System.nanoTime();
        response.body().close();

        assertLeft(received, left);
        assertNobodyBlamed(ProtocolChains.ANTHROPIC);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void nothing_is_sent_again_for_a_caller_who_has_left(boolean stream) throws Exception {
        drill.script("deepseek").always(SimulatedFault.status(500).header("retry-after-ms", "2900"));
        RawHttpClient caller = RawHttpClient.chat(drill.gateway(), "economy", stream);
        try (caller) {
            assertThat(awaitAsked("deepseek").awaitEnd(GatewayTestCase.SOON)).isTrue();
        }

        drill.awaitLog("economy -> 499", "deepseek");
        assertThat(drill.askedAny()).isEqualTo(1);
        assertThat(drill.failures("deepseek")).isZero();
    }

    @Test
    void a_caller_s_own_time_is_no_one_s_failure() throws Exception {
        drill.script("claude-opus").always(SimulatedFault.silence());
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = drill.ask("claude-opus", i % 2 == 0, "x-camelback-timeout-ms", "250");

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body()).contains("client_deadline");
        }
        assertThat(drill.asked("claude-opus")).isEqualTo(3);
        assertThat(drill.askedAny()).isEqualTo(3);
        assertThat(drill.breaker("claude-opus").getMetrics().getNumberOfBufferedCalls())
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"NO_HEADERS_YET", "AFTER_SOME_WORDS"})
    void a_probe_whose_caller_leaves_makes_room_for_another(Moment moment) throws Exception {
        drill.breaker("claude-opus").transitionToOpenState();
        drill.gateway().clock.advance(Duration.ofSeconds(61));
        drill.provider("claude-opus").answer(SimulatedCompletion.words(6));
        drill.script("claude-opus").then(moment.fault);
        try (RawHttpClient caller = RawHttpClient.chat(drill.gateway(), "strict", true)) {
            awaitAsked("claude-opus");
            if (moment.tokens > 0) {
                caller.readTo("word1");
            }
        }
        drill.awaitLog("strict -> 499");

        HttpResponse<String> next = drill.ask("strict", true);

        assertThat(RunningGateway.header(next, "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(drill.breaker("claude-opus").getState()).isEqualTo(State.CLOSED);
    }

    private static RecordedRequest awaitAsked(String deployment) {
        GatewayTestCase.soon(deployment + " to be asked").until(() -> drill.asked(deployment) == 1);
        SimulatedProvider provider = drill.provider(deployment);
        List<RecordedRequest> all = provider.received();
        return all.get(all.size() - 1);
    }

    /** Half a second is what the contract says; the rest is for a machine that is busy. */
    private static void assertLeft(RecordedRequest received, long at) throws InterruptedException {
        assertThat(received.awaitEnd(GatewayTestCase.SOON))
                .as("the provider noticed")
                .isTrue();
        assertThat(received.clientGone()).as(received.outcome().toString()).isTrue();
        assertThat(Duration.ofNanos(received.outcome().at() - at)).isLessThan(Duration.ofSeconds(2));
    }

    private static void assertNobodyBlamed(ProtocolChains dialect) {
        drill.awaitLog(dialect.chain + " -> 499");
        GatewayTestCase.soon("calls in flight")
                .untilAsserted(() ->
                        assertThat(drill.gateway().vitals.inFlight().running()).isEmpty());
        assertThat(drill.askedAny()).as("requests to any provider").isEqualTo(1);
        assertThat(drill.failures(dialect.link)).isZero();
        assertThat(drill.coolingDown(dialect.link)).isFalse();
    }
}
