package io.camelback.acceptance.streaming;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.sdk.SdkClients;
import io.camelback.acceptance.sdk.SdkConversation;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ProtocolChains;
import io.camelback.testkit.StreamTranscript;
import io.camelback.testkit.StreamingEndpoint;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From when on a stream is one model's: what callers and chains may choose, and what they get for it. */
class StreamCommitTest {
    private static final String COMMIT = "x-camelback-commit";
    /** Two chains hold their answers back; a caller who hears nothing for 400 ms gets a comment. */
    @RegisterExtension
    static final GatewayTestCase drill =
            GatewayTestCase.edited(config -> config.replaceAll("(?m)^  (strict|balanced): \\{ ", "$0commit: full, ")
                    .replace("heartbeat: 10s", "heartbeat: 400ms"));

    static Stream<Arguments> breaks() {
        return Arrays.stream(BrokenStreamsTest.Break.values())
                .flatMap(how -> Arrays.stream(ProtocolChains.values()).map(dialect -> Arguments.of(how, dialect)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breaks")
    void full_fails_over_to_the_last_byte(BrokenStreamsTest.Break how, ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
        drill.script(dialect.link).then(how.fault);
        drill.script(dialect.next).then(SimulatedFault.ok(SimulatedCompletion.text("All of it.")));

        HttpResponse<String> response = drill.ask(dialect.chain, true, COMMIT, "full");

        StreamingEndpoint.Seen seen = StreamingEndpoint.CHAT.seen(response.body());
        assertThat(seen.complete()).as(response.body()).isTrue();
        assertThat(seen.text()).isEqualTo("All of it.");
        assertThat(drill.failures(dialect.link)).isEqualTo(1);
        if (seen.comments().isEmpty()) {
            assertThat(header(response, "x-camelback-model")).isEqualTo(dialect.next);
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        } else {
            assertThat(seen.comments())
                    .last()
                    .asString()
                    .contains("x-camelback-model: " + dialect.next, "x-camelback-attempts: 2");
        }
    }

    @Test
    void a_whole_answer_is_one_success_for_its_breaker() throws Exception {
        StreamingEndpoint.CHAT.ask(drill, "claude-opus", false, COMMIT, "full");

        assertThat(drill.breaker("claude-opus").getMetrics().getNumberOfSuccessfulCalls())
                .isEqualTo(1);
        drill.awaitLog("claude-opus -> 200 claude-opus", "claude-opus ok");
    }

    @Test
    void a_probe_that_holds_its_answer_back_closes_the_breaker_as_well() throws Exception {
        drill.breaker("claude-opus").transitionToOpenState();
        drill.breaker("claude-opus").transitionToHalfOpenState();

        assertThat(StreamingEndpoint.CHAT
                        .seen(drill.ask("claude-opus", true, COMMIT, "full").body())
                        .complete())
                .isTrue();

        assertThat(drill.breaker("claude-opus").getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_chain_has_its_own_setting_and_the_caller_the_last_word() throws Exception {
        drill.provider("claude-opus").answer(SimulatedCompletion.words(6));
        drill.script("claude-opus").times(2, SimulatedFault.cutAfter(2));

        HttpResponse<String> byTheChain = drill.ask("strict", true);
        HttpResponse<String> byTheCaller = drill.ask("strict", true, COMMIT, "First-Token");

        assertThat(StreamingEndpoint.CHAT.seen(byTheChain.body()).text()).isEqualTo(drill.hello("gpt"));
        StreamTranscript.of(byTheCaller).assertBroken("stream_interrupted");
    }

    @Test
    void a_word_that_is_none_is_refused() throws Exception {
        HttpResponse<String> response = drill.ask("premium", true, COMMIT, "later");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/param").asText()).isEqualTo(COMMIT);
        assertThat(Json.read(response.body()).at("/error/message").asText())
                .contains("must be one of first-token, tools, full, continue.");
        assertThat(drill.askedAny()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GEMINI")
    void tools_shows_no_call_that_was_cut_and_fails_over_when_nothing_else_was_said(ProtocolChains dialect)
            throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link)
                .answer(SimulatedCompletion.hello().toolCall("delete", "{\"path\":\"/tmp/some/where/else\"}"));
        drill.script(dialect.link).then(SimulatedFault.endAfter(1));
        drill.script(dialect.next)
                .then(SimulatedFault.ok(SimulatedCompletion.calling("delete", "{\"path\":\"/tmp/b\"}")));

        HttpResponse<String> response = StreamingEndpoint.CHAT.ask(drill, dialect.chain, true, COMMIT, "tools");

        StreamingEndpoint.Seen seen = StreamingEndpoint.CHAT.seen(response.body());
        assertThat(seen.complete()).as(response.body()).isTrue();
        assertThat(seen.calls()).isEqualTo(1);
        assertThat(seen.finishes()).containsExactly("tool_calls");
        assertThat(response.body()).doesNotContain("some", "where");
        assertThat(drill.failures(dialect.link)).isEqualTo(1);
    }

    @Test
    void tools_lets_text_out_live_and_a_call_after_it_only_when_it_is_whole() throws Exception {
        String opening =
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{"
                        + "\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Let me see. \"},\"finish_reason\":null}]}\n\n";
        String call = opening.replace(
                "\"role\":\"assistant\",\"content\":\"Let me see. \"",
                "\"tool_calls\":[{\"index\":0,"
                        + "\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"delete\",\"arguments\":\"{\\\"path\\\":\"}}]");
        drill.script("gpt").then(SimulatedFault.rawSse(opening + call, 64));

        HttpResponse<String> response = StreamingEndpoint.CHAT.ask(drill, "gpt", true, COMMIT, "tools");

        StreamingEndpoint.Seen seen = StreamingEndpoint.CHAT.seen(response.body());
        assertThat(seen.broken()).as(response.body()).isTrue();
        assertThat(seen.text()).isEqualTo("Let me see. ");
        assertThat(seen.calls()).as("tool calls begun").isZero();
    }

    @DisplayName("B27 what fills the time of a held answer")
    @ParameterizedTest(name = "B27 {0}")
    @EnumSource
    void who_waits_for_long_hears_comments_and_then_the_answer(StreamingEndpoint endpoint) throws Exception {
        drill.script("claude-opus").then(SimulatedFault.stallAfter(1));
        drill.script("gpt").then(SimulatedFault.ok(SimulatedCompletion.words(3)));

        HttpResponse<String> response = endpoint.ask(drill, "premium", false, COMMIT, "full");

        StreamingEndpoint.Seen seen = endpoint.seen(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(seen.complete()).as(response.body()).isTrue();
        assertThat(seen.text()).isEqualTo("word1 word2 word3");
        assertThat(header(response, "x-camelback-model"))
                .as("was not known when the response began")
                .isNull();
        assertThat(header(response, "x-camelback-chain")).isEqualTo("premium");
        boolean gemini = endpoint == StreamingEndpoint.GEMINI || endpoint == StreamingEndpoint.GEMINI_ARRAY;
        if (gemini) {
            assertThat(response.body()).startsWith("\r\n");
        } else {
            assertThat(seen.comments())
                    .hasSizeGreaterThan(endpoint == StreamingEndpoint.MESSAGES ? 0 : 1)
                    .last()
                    .asString()
                    .contains("x-camelback-model: gpt");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void once_the_response_has_begun_an_error_is_told_inside_it(StreamingEndpoint endpoint) throws Exception {
        drill.script("claude-opus").then(SimulatedFault.stallAfter(1));
        drill.script("gpt").then(SimulatedFault.cutAfter(1));

        HttpResponse<String> response = endpoint.ask(drill, "strict", false);

        assertThat(response.statusCode()).isEqualTo(200);
        StreamingEndpoint.Seen seen = endpoint.seen(response.body());
        assertThat(seen.broken()).as(response.body()).isTrue();
        assertThat(seen.text()).isEmpty();
        drill.awaitLog("strict -> 200 -", "upstream");
    }

    @Test
    void the_official_clients_pass_over_what_keeps_them_waiting() throws Exception {
        for (SdkClients sdk : SdkClients.values()) {
            drill.script("claude-sonnet")
                    .then(SimulatedFault.ok(SimulatedCompletion.words(4).delay(Duration.ofMillis(250))));

            try (SdkConversation talk = sdk.talk(drill.gateway())) {
                assertThat(talk.say("hi", true).text()).as(sdk.name()).isEqualTo("word1 word2 word3 word4");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(StreamingEndpoint.class)
    void a_caller_who_leaves_while_its_answer_is_held_back_ends_the_call(StreamingEndpoint endpoint) throws Exception {
        drill.script("claude-opus")
                .then(SimulatedFault.ok(SimulatedCompletion.words(1_000).delay(Duration.ofMillis(10))));
        var answer = drill.gateway()
                .client()
                .sendAsync(
                        endpoint.request(drill.gateway(), "strict", false), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.get().body()) {
            assertThat(body.read()).as("the first of a comment").isPositive();
        }

        assertThat(drill.provider("claude-opus").awaitClientGone(1, GatewayTestCase.SOON))
                .isTrue();
        drill.awaitLog("strict -> 499");
        assertThat(drill.failures("claude-opus")).isZero();
    }
}
