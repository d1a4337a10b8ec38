package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptResult;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ProtocolChains;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.StreamTranscript;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/failures.md, "Time and truncation", before a running gateway, with the timers of its test profile cut to about a
 * tenth: headers 500 ms, first content 800 ms, idle 1.5 s, total 4 s. To the millisecond they are tested in
 * {@code UpstreamCallTest}.
 */
class UpstreamTimeoutsTest extends UpstreamTimersTestBase {
    private static void assertNextAnswered(ProtocolChains dialect, HttpResponse<String> response) throws Exception {
        assertThat(header(response, "x-camelback-model")).isEqualTo(dialect.next);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(text(response)).isEqualTo(drill.hello(dialect.next));
        assertThat(drill.failures(dialect.link)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T01_no_headers(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.script(dialect.link).then(SimulatedFault.silence(), SimulatedFault.silence());

        assertNextAnswered(dialect, drill.ask(dialect.chain, true));
        drill.awaitLog(dialect.link + " no headers in time", dialect.next + " ok");
        assertThat(header(drill.ask(dialect.chain, false), "x-camelback-model")).isEqualTo(dialect.next);
        assertThat(drill.provider(dialect.link).awaitClientGone(1, GatewayTestCase.SOON))
                .as("the provider was left")
                .isTrue();
    }

    @Test
    void T01_a_plain_call_has_nothing_but_its_total() throws Exception {
        drill.script("groq-llama").then(SimulatedFault.slowHeaders(Duration.ofMillis(2000)));

        HttpResponse<String> response = drill.ask("groq-llama", false);

        assertThat(text(response)).isEqualTo(drill.hello("groq-llama"));
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T02_pings_are_no_content(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.script(dialect.link)
                .then(SimulatedFault.pingsBeforeFirstToken(Duration.ofSeconds(10), Duration.ofMillis(100)));

        HttpResponse<String> response = drill.ask(dialect.chain, true);

        assertNextAnswered(dialect, response);
        StreamTranscript.of(response).assertComplete(drill.hello(dialect.next));
        drill.awaitLog(dialect.link + " no first token in time", dialect.next + " ok");
        List<AttemptResult> turns = drill.record().attempts();
        assertThat(turns.get(turns.size() - 1).metering().startedAfter())
                .as("what it costs: its timer, and a second at most")
                .isBetween(Duration.ofMillis(800), Duration.ofMillis(1800));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T03_reasoning_is_content(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        String[] thoughts =
                IntStream.range(0, 10).mapToObj(i -> "thought " + i + " ").toArray(String[]::new);
        drill.script(dialect.link)
                .then(SimulatedFault.ok(SimulatedCompletion.hello()
                        .tokens(1)
                        .reasoning(thoughts)
                        .delay(Duration.ofMillis(250))));

        HttpResponse<String> response = drill.ask(dialect.chain, true);

        StreamTranscript.of(response).assertComplete(drill.hello(dialect.link));
        assertThat(response.body()
                        .lines()
                        .filter(line -> line.contains("thought "))
                        .map(line -> line.replaceAll(".*(thought \\d).*", "$1"))
                        .distinct())
                .as("forwarded in order")
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "thought " + i).toList());
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(drill.asked(dialect.next)).isZero();
        assertThat(drill.failures(dialect.link)).isZero();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void T04_an_overload_after_the_opening_event(boolean stream) throws Exception {
        drill.script("claude-opus").then(SimulatedFault.errorEventFirst());
        drill.coolDown(List.of("gpt", "gemini-pro"));

        HttpResponse<String> response = drill.gateway()
                .post(
                        "/v1/messages",
                        "{\"model\":\"premium\",\"max_tokens\":50,\"stream\":" + stream
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-sonnet");
        assertThat(response.body()).contains(drill.hello("claude-sonnet").substring(0, 5));
        if (stream) {
            assertThat(response.body().split("event: message_start", -1))
                    .as("one message_start")
                    .hasSize(2);
        }
        assertThat(drill.failures("claude-opus")).isEqualTo(1);
    }

    @Test
    void T04_a_used_up_quota_after_the_opening_event_cools_down_the_key() throws Exception {
        String error =
                "{\"error\":{\"message\":\"no\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}";
        drill.script("deepseek")
                .then(SimulatedFault.rawSse(
                        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                                + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                                + "\"finish_reason\":null}]}\n\ndata: " + error + "\n\n",
                        100));

        HttpResponse<String> response = drill.ask("economy", true);

        assertThat(header(response, "x-camelback-model")).isEqualTo("groq-llama");
        assertThat(drill.coolingDown("key of deepseek")).isTrue();
        assertThat(drill.failures("deepseek")).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T05_a_stall(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(20));
        drill.script(dialect.link).then(SimulatedFault.stallAfter(10));

        HttpResponse<String> response = drill.ask(dialect.chain, true);

        StreamTranscript.of(response).assertBroken("stream_stalled");
        assertThat(StreamTranscript.of(response).text()).endsWith("word10");
        assertThat(drill.askedAny()).isEqualTo(1);
        assertThat(drill.failures(dialect.link)).isEqualTo(1);
        assertThat(drill.provider(dialect.link).awaitClientGone(1, GatewayTestCase.SOON))
                .as("the provider was left")
                .isTrue();
        assertThat(broken().metering().estimated()).isTrue();
        assertThat(broken().metering().usage().output()).isPositive();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void T06_content_without_end_is_a_slow_call_and_no_failure(boolean stream) throws Exception {
        drill.script("claude-opus")
                .then(SimulatedFault.ok(SimulatedCompletion.words(10_000).delay(Duration.ofMillis(200))));

        HttpResponse<String> response = drill.ask("claude-opus", stream);

        if (stream) {
            StreamTranscript.of(response).assertBroken("deadline_exceeded");
        } else {
            assertThat(response.statusCode()).isEqualTo(504);
        }
        CircuitBreaker.Metrics metrics = drill.breaker("claude-opus").getMetrics();
        GatewayTestCase.soon("the verdict").until(() -> metrics.getNumberOfSlowCalls() == 1);
        assertThat(metrics.getNumberOfFailedCalls()).isZero();
    }

    /** Sixty of the thousand runs; all of them are played without a network in {@code UpstreamCallTest}. */
    @Test
    void T15_a_first_token_in_the_moment_of_its_timer() throws Exception {
        for (int round = 0; round < 3; round++) {
            drill.breaker("claude-opus").reset();
            drill.script("claude-opus").times(20, SimulatedFault.slowFirstToken(Duration.ofMillis(799 + round)));
            List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 20)
                    .mapToObj(i -> drill.gateway()
                            .client()
                            .sendAsync(
                                    drill.gateway()
                                            .request("/v1/chat/completions", RunningGateway.chat("strict", true)),
                                    HttpResponse.BodyHandlers.ofString()))
                    .toList();
            for (CompletableFuture<HttpResponse<String>> one : sent) {
                HttpResponse<String> response = one.get();
                String model = header(response, "x-camelback-model");
                assertThat(model).isIn("claude-opus", "gpt");
                assertThat(header(response, "x-camelback-attempts")).isEqualTo(model.equals("gpt") ? "2" : "1");
                StreamTranscript.of(response).assertComplete(drill.hello(model));
            }
        }
    }
}
