package io.camelback.acceptance.streaming;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.attempt.AttemptResult;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ProtocolChains;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.StreamTranscript;
import io.camelback.testkit.StreamingEndpoint;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code x-camelback-commit: continue}: a stream that breaks is taken up by the next model, where it can be joined, and
 * once.
 */
class StreamContinuationTest {
    private static final String[] CONTINUE = {"x-camelback-commit", "continue"};
    private static final String TEXT =
            "Camels store fat in their humps, not water. When food is scarce, they burn it, and a camel "
                    + "that has drunk can walk for many days.";
    private static final String BEGINNING = "Camels store fat in their humps, not water.";

    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(
            config -> GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(2)));

    static Stream<Arguments> breaks() {
        return StreamCommitTest.breaks();
    }

    /** The first link breaks off after {@link #BEGINNING}; the next one says that. */
    private static void breaksOff(ProtocolChains dialect, SimulatedFault fault, SimulatedCompletion next) {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.text(TEXT));
        drill.script(dialect.link).then(fault);
        drill.script(dialect.next).then(SimulatedFault.ok(next));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breaks")
    void the_next_model_goes_on_from_what_is_out(BrokenStreamsTest.Break how, ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(6));
        drill.script(dialect.link).then(how.fault);
        drill.script(dialect.next).then(SimulatedFault.ok(SimulatedCompletion.text("word1 word2 word3 and so on")));

        HttpResponse<String> response = drill.ask(dialect.chain, true, CONTINUE);

        StreamingEndpoint.Seen seen = StreamingEndpoint.CHAT.seen(response.body());
        assertThat(seen.complete()).as(response.body()).isTrue();
        assertThat(seen.text()).isEqualTo("word1 word2 word3 and so on");
        assertThat(seen.comments()).containsExactly(": x-camelback-continued: " + dialect.next);
        assertThat(header(response, "x-camelback-model")).as("who began").isEqualTo(dialect.link);
        assertThat(drill.failures(dialect.link)).isEqualTo(1);
        assertThat(drill.asked(dialect.link)).isEqualTo(1);
        assertThat(drill.record().attempts().stream().filter(turn -> turn.outcome() != AttemptResult.Outcome.SKIPPED))
                .extracting(AttemptResult::deployment, AttemptResult::outcome)
                .containsExactly(
                        tuple(dialect.link, AttemptResult.Outcome.FAILED),
                        tuple(dialect.next, AttemptResult.Outcome.ANSWERED));
        drill.awaitLog(dialect.next + " ok, continued");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void callers_of_every_endpoint_get_one_answer(StreamingEndpoint endpoint) throws Exception {
        for (ProtocolChains dialect : ProtocolChains.values()) {
            breaksOff(dialect, SimulatedFault.cutAfter(8), SimulatedCompletion.text(TEXT));

            HttpResponse<String> response = endpoint.ask(drill, dialect.chain, false, CONTINUE);

            StreamingEndpoint.Seen seen = endpoint.seen(response.body());
            assertThat(seen.complete()).as(response.body()).isTrue();
            assertThat(seen.text()).isEqualTo(TEXT);
        }
    }

    @Test
    void it_is_asked_in_a_turn_of_the_users_with_the_end_to_repeat() throws Exception {
        breaksOff(ProtocolChains.OPENAI, SimulatedFault.cutAfter(8), SimulatedCompletion.text(TEXT));

        drill.ask(ProtocolChains.OPENAI.chain, true, CONTINUE);

        List<RecordedRequest> all = drill.provider(ProtocolChains.OPENAI.next).received();
        JsonNode messages = all.get(all.size() - 1).json().path("messages");
        assertThat(messages).hasSize(3);
        assertThat(messages.get(1).path("role").asText()).isEqualTo("assistant");
        assertThat(messages.get(1).path("content").asText()).isEqualTo(BEGINNING);
        assertThat(messages.get(2).path("role").asText()).isEqualTo("user");
        assertThat(messages.get(2).path("content").asText()).contains("<<<\n" + BEGINNING + "\n>>>");
    }

    @Test
    void both_models_are_counted() throws Exception {
        breaksOff(ProtocolChains.OPENAI, SimulatedFault.cutAfter(8), SimulatedCompletion.text(TEXT));

        HttpResponse<String> response = drill.gateway()
                .post(
                        "/v1/chat/completions",
                        RunningGateway.chat("economy", true)
                                .replace(
                                        "\"stream\":true",
                                        "\"stream\":true,\"stream_options\":{\"include_usage\":true}"),
                        CONTINUE);

        List<JsonNode> chunks =
                StreamTranscript.of(response.body().replaceAll("(?m)^:.*$", "")).chunks();
        JsonNode usage = chunks.get(chunks.size() - 1).path("usage");
        List<AttemptResult> paid = drill.record().attempts().stream()
                .filter(turn -> turn.metering().usage() != null)
                .toList();
        assertThat(paid).hasSize(2);
        assertThat(usage.path("completion_tokens").asLong())
                .isEqualTo(paid.get(0).metering().usage().output()
                        + paid.get(1).metering().usage().output());
    }

    @Test
    void what_does_not_join_is_thrown_away_and_the_next_one_asked() throws Exception {
        drill.provider("claude-opus").answer(SimulatedCompletion.text(TEXT));
        drill.script("claude-opus").then(SimulatedFault.cutAfter(8));
        drill.script("gpt")
                .then(SimulatedFault.ok(
                        SimulatedCompletion.text("Of course! What would you like to know about camels?")));
        drill.script("gemini-pro").then(SimulatedFault.ok(SimulatedCompletion.text(TEXT)));

        HttpResponse<String> response = drill.ask("premium", true, CONTINUE);

        StreamingEndpoint.Seen seen = StreamingEndpoint.CHAT.seen(response.body());
        assertThat(seen.text()).isEqualTo(TEXT);
        assertThat(seen.comments()).containsExactly(": x-camelback-continued: gemini-pro");
        assertThat(drill.failures("gpt")).as("nothing is wrong with it").isZero();
        drill.awaitLog("gpt its continuation does not join", "gemini-pro ok, continued");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void when_nothing_joins_the_caller_is_told_of_the_break(StreamingEndpoint endpoint) throws Exception {
        drill.provider("claude-opus").answer(SimulatedCompletion.text(TEXT));
        drill.script("claude-opus").then(SimulatedFault.cutAfter(8));
        drill.script("gpt")
                .then(SimulatedFault.ok(
                        SimulatedCompletion.text("Of course! What would you like to know about camels?")));

        HttpResponse<String> response = endpoint.ask(drill, "strict", false, CONTINUE);

        StreamingEndpoint.Seen seen = endpoint.seen(response.body());
        assertThat(seen.broken()).as(response.body()).isTrue();
        assertThat(seen.text()).isEqualTo(BEGINNING);
        drill.awaitLog("strict -> 200 claude-opus", "stream_interrupted");
    }

    @Test
    void a_continuation_that_breaks_is_not_continued() throws Exception {
        drill.provider("claude-opus").answer(SimulatedCompletion.text(TEXT));
        drill.script("claude-opus").then(SimulatedFault.cutAfter(8));
        drill.provider("gpt").answer(SimulatedCompletion.text(TEXT));
        drill.script("gpt").then(SimulatedFault.cutAfter(12));

        HttpResponse<String> response = drill.ask("premium", true, CONTINUE);

        StreamingEndpoint.Seen seen = StreamingEndpoint.CHAT.seen(response.body());
        assertThat(seen.broken()).as(response.body()).isTrue();
        assertThat(seen.text()).startsWith(BEGINNING + " When food").hasSizeLessThan(TEXT.length());
        assertThat(drill.askedAny()).isEqualTo(2);
    }

    /** What nobody but its own model can go on with. */
    enum Never {
        A_TOOL_CALL("", SimulatedCompletion.hello().toolCall("delete", "{\"path\":\"/tmp/some/where/else\"}"), 1),
        STRUCTURED_OUTPUT(
                ",\"response_format\":{\"type\":\"json_object\"}",
                SimulatedCompletion.text("{\"a\": \"one two three four\"}"),
                3),
        LOG_PROBABILITIES(",\"logprobs\":true", SimulatedCompletion.text(TEXT), 3),
        THINKING("", SimulatedCompletion.text(TEXT).reasoning("One. ", "Two. ", "Three."), 2),
        NO_FALLBACK("", SimulatedCompletion.text(TEXT), 3);

        final String fields;
        final SimulatedCompletion answer;
        final int tokens;

        Never(String fields, SimulatedCompletion answer, int tokens) {
            this.fields = fields;
            this.answer = answer;
            this.tokens = tokens;
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void never_continued_is(Never what) throws Exception {
        drill.provider("deepseek").answer(what.answer);
        drill.script("deepseek").then(SimulatedFault.cutAfter(what.tokens));
        String tool =
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"delete\",\"parameters\":{\"type\":\"object\"}}}]";
        String request = RunningGateway.chat("economy", true);
        String more = what.fields + (what == Never.A_TOOL_CALL ? tool : "");

        HttpResponse<String> response = drill.gateway()
                .post(
                        "/v1/chat/completions",
                        request.substring(0, request.length() - 1) + more + "}",
                        "x-camelback-commit",
                        "continue",
                        "x-camelback-no-fallback",
                        String.valueOf(what == Never.NO_FALLBACK));

        assertThat(StreamingEndpoint.CHAT.seen(response.body()).broken())
                .as(response.body())
                .isTrue();
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @Test
    void a_deployment_by_its_own_name_has_nobody_to_go_on() throws Exception {
        drill.provider("gpt").answer(SimulatedCompletion.text(TEXT));
        drill.script("gpt").then(SimulatedFault.cutAfter(8));

        assertThat(StreamingEndpoint.CHAT
                        .seen(drill.ask("gpt", true, CONTINUE).body())
                        .broken())
                .isTrue();
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @Test
    void a_caller_who_leaves_meanwhile_ends_the_continuation() throws Exception {
        breaksOff(
                ProtocolChains.OPENAI,
                SimulatedFault.cutAfter(8),
                SimulatedCompletion.text(TEXT + " And so on".repeat(500)).delay(Duration.ofMillis(5)));
        var answer = drill.gateway()
                .client()
                .sendAsync(
                        StreamingEndpoint.CHAT.request(drill.gateway(), "economy", false, CONTINUE),
                        HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = answer.get().body()) {
            assertThat(lines.anyMatch(line -> line.contains("drunk"))).isTrue();
        }

        assertThat(drill.provider(ProtocolChains.OPENAI.next).awaitClientGone(1, GatewayTestCase.SOON))
                .isTrue();
        drill.awaitLog("economy -> 499");
        assertThat(drill.failures(ProtocolChains.OPENAI.next)).isZero();
    }
}
