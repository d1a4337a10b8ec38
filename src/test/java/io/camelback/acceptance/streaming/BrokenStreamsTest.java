package io.camelback.acceptance.streaming;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ProtocolChains;
import io.camelback.testkit.StreamTranscript;
import io.camelback.testkit.StreamingEndpoint;
import io.camelback.testkit.TruncatedResponse;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that break off when some of the answer is out: the caller is told, and no other model may go on with it. */
class BrokenStreamsTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> config.replace("idle: 500ms", "idle: 250ms"));

    /** What happens after two tokens, and what the caller is told of it. */
    enum Break {
        CUT("stream_interrupted", SimulatedFault.cutAfter(2)),
        RESET("stream_interrupted", SimulatedFault.resetAfter(2)),
        END("stream_truncated", SimulatedFault.endAfter(2)),
        STALL("stream_stalled", SimulatedFault.stallAfter(2)),
        ERROR("upstream_error", SimulatedFault.errorEventAfter(2)),
        SERVER_ERROR("upstream_error", SimulatedFault.errorEventAfter(2).status(500)),
        BROKEN_JSON("upstream_error", SimulatedFault.malformedJson(2)),
        BAD_CHUNK("upstream_error", SimulatedFault.badChunkSize(2));

        final String code;
        final SimulatedFault fault;

        Break(String code, SimulatedFault fault) {
            this.code = code;
            this.fault = fault;
        }
    }

    static Stream<Arguments> breaks() {
        return Arrays.stream(Break.values())
                .flatMap(one -> Arrays.stream(ProtocolChains.values()).map(dialect -> Arguments.of(one, dialect)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breaks")
    void the_caller_is_told_and_no_other_link_is_asked(Break how, ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
        drill.script(dialect.link).then(how.fault);

        HttpResponse<String> response = drill.ask(dialect.chain, true);

        StreamTranscript transcript = StreamTranscript.of(response);
        transcript.assertBroken(how.code);
        assertThat(TruncatedResponse.brokenOff(response))
                .as("the end is missing")
                .isTrue();
        assertThat(transcript.text()).isEqualTo("word1 word2");
        assertThat(transcript.roles()).isEqualTo(1);
        assertThat(header(response, "x-camelback-model")).isEqualTo(dialect.link);
        assertThat(drill.failures(dialect.link)).isEqualTo(1);
        assertThat(drill.askedAny()).isEqualTo(1);
        drill.awaitLog(dialect.chain + " -> 200 " + dialect.link, how.code);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breaks")
    void a_caller_who_does_not_stream_never_knows(Break how, ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
        drill.script(dialect.link).then(how.fault);
        drill.script(dialect.next).then(SimulatedFault.ok(SimulatedCompletion.text("All of it.")));

        HttpResponse<String> response = drill.ask(dialect.chain, false);

        assertThat(header(response, "x-camelback-model")).isEqualTo(dialect.next);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(text(response)).isEqualTo("All of it.");
        assertThat(drill.failures(dialect.link)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void what_breaks_while_it_is_held_back_has_a_status_of_its_own(StreamingEndpoint endpoint) throws Exception {
        drill.script("claude-opus").then(SimulatedFault.cutAfter(1));
        drill.script("gpt").then(SimulatedFault.cutAfter(1));

        HttpResponse<String> response = endpoint.ask(drill, "strict", false, "x-camelback-commit", "full");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
    }

    static Stream<Arguments> endpoints() {
        return Arrays.stream(Break.values())
                .flatMap(one -> Arrays.stream(StreamingEndpoint.values()).map(endpoint -> Arguments.of(one, endpoint)));
    }

    /**
     * Whatever dialect the provider speaks: the events that end a broken stream are the endpoint's own, and nothing
     * else ends it.
     */
    @DisplayName("X04 neither a finish nor an end mark")
    @ParameterizedTest(name = "X04 {0}: {1}")
    @MethodSource("endpoints")
    void no_endpoint_makes_an_end_of_it(Break how, StreamingEndpoint endpoint) throws Exception {
        for (ProtocolChains dialect : ProtocolChains.values()) {
            dialect.first(drill);
            drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
            drill.script(dialect.link).then(how.fault);

            HttpResponse<String> response = endpoint.ask(drill, dialect.chain, false);

            StreamingEndpoint.Seen seen = endpoint.seen(response.body());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(TruncatedResponse.brokenOff(response))
                    .as("the end is missing")
                    .isTrue();
            assertThat(seen.broken()).as(response.body()).isTrue();
            assertThat(seen.text()).isEqualTo("word1 word2");
            assertThat(seen.errors()).hasSize(1);
            assertThat(header(response, "x-camelback-model")).isEqualTo(dialect.link);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_finish_without_an_end_is_ended_by_the_endpoint(StreamingEndpoint endpoint) throws Exception {
        for (ProtocolChains dialect : ProtocolChains.values()) {
            dialect.first(drill);
            drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
            drill.script(dialect.link).then(SimulatedFault.finishWithoutDone());

            StreamingEndpoint.Seen seen =
                    endpoint.seen(endpoint.ask(drill, dialect.chain, false).body());

            assertThat(seen.complete()).as(dialect.name()).isTrue();
            assertThat(seen.text()).isEqualTo("word1 word2 word3 word4 word5 word6");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_tool_call_that_is_cut_is_never_finished(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link)
                .answer(SimulatedCompletion.hello().toolCall("delete", "{\"path\":\"/tmp/some/where/else\"}"));
        drill.script(dialect.link).then(SimulatedFault.endAfter(dialect == ProtocolChains.GEMINI ? 0 : 1));
        String request = "{\"model\":\"" + dialect.chain + "\",\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"go\"}],\"tools\":[{\"type\":\"function\",\"function\":"
                + "{\"name\":\"delete\",\"parameters\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}}}}}]}";

        HttpResponse<String> response = drill.gateway().post("/v1/chat/completions", request);

        if (dialect == ProtocolChains.GEMINI) {
            // Gemini sends a call whole: one that was cut is one that never began.
            assertThat(header(response, "x-camelback-model")).isEqualTo(dialect.next);
            assertThat(StreamTranscript.of(response).finishes()).containsExactly("stop");
            return;
        }
        StreamTranscript.of(response).assertBroken("stream_truncated");
        assertThat(response.body()).contains("\"tool_calls\"").doesNotContain("\"finish_reason\":\"tool_calls\"");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_provider_that_breaks_off_every_stream_is_left_alone_at_last(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
        drill.script(dialect.link).times(5, SimulatedFault.cutAfter(2));
        for (int i = 0; i < 5; i++) {
            StreamTranscript.of(drill.ask(dialect.chain, true)).assertBroken("stream_interrupted");
        }

        assertThat(drill.breaker(dialect.link).getState()).isEqualTo(State.OPEN);
    }
}
