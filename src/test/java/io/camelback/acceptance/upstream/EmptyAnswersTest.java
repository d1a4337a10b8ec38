package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.acceptance.operations.MetricsTest;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.Usage;
import io.camelback.failure.FailureKind;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StreamTranscript;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that say nothing, and those that only look like it: docs/failures.md P06 to P10. */
class EmptyAnswersTest extends RawChainTestBase {
    private static final String USAGE =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"total_tokens\":10}}\n\n";

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "\"content\":null",
                "\"content\":\"\"",
                "\"content\":\" \\n\"",
                "\"content\":null,\"tool_calls\":[]"
            })
    void P06_an_empty_answer_is_none_and_what_it_reported_is_charged(String nothing) throws Exception {
        AttemptResult first = next(RawProviderChain.OPENAI, json(String.format(ANSWER, nothing, "stop", 1)), false);

        assertThat(first.failure().code()).isEqualTo("empty_completion");
        assertThat(drill.failures(RawProviderChain.OPENAI.link)).isEqualTo(1);
        assertThat(first.metering().usage()).isEqualTo(Usage.of(1000, 1));
        assertThat(first.metering().estimated()).isFalse();
        assertThat(first.metering().microDollars())
                .as("1,000 tokens at 1 dollar a million, 1 at 2")
                .isEqualTo(1002);
    }

    @Test
    void P06_an_answer_that_only_reasons_misses_the_quality_and_is_charged() throws Exception {
        AttemptResult first = next(
                RawProviderChain.OPENAI,
                json(String.format(ANSWER, "\"content\":\"\",\"reasoning_content\":\"Hm.\"", "stop", 1)),
                false);

        assertThat(first.failure().kind()).isEqualTo(FailureKind.QUALITY);
        assertThat(first.failure().code()).isEqualTo("reasoning_only");
        assertThat(drill.failures(RawProviderChain.OPENAI.link))
                .as("its server is well")
                .isZero();
        assertThat(first.metering().usage()).isEqualTo(Usage.of(1000, 1));
        assertThat(first.metering().microDollars()).isEqualTo(1002);
    }

    @Test
    void P06_so_is_a_stream_without_a_word() throws Exception {
        AttemptResult first = next(
                RawProviderChain.OPENAI,
                sse(String.format(CHUNK, "\"role\":\"assistant\",\"content\":\"\"", "null"), STOP, USAGE, DONE),
                true);

        assertThat(first.failure().code()).isEqualTo("empty_completion");
        assertThat(first.metering().usage()).isEqualTo(Usage.of(9, 1));
        assertThat(first.metering().microDollars()).isEqualTo(11);
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void P06_when_all_are_empty_the_caller_is_told(boolean stream) throws Exception {
        FIRST.answer(json(String.format(ANSWER, "\"content\":\"\"", "stop", 0)));
        drill.script(RawProviderChain.NEXT).then(SimulatedFault.emptyCompletion());

        HttpResponse<String> response = drill.ask(RawProviderChain.OPENAI.chain, stream);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("empty_completion");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
    }

    static Stream<Arguments> P06_not_empty_are() {
        String call =
                "\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{}\"}}]";
        return Stream.of(
                Arguments.of("a tool call", call, "tool_calls"),
                Arguments.of("a refusal", "\"content\":null,\"refusal\":\"I won't.\"", "stop"),
                Arguments.of("what was filtered", "\"content\":\"\"", "content_filter"),
                Arguments.of("what was cut for length", "\"content\":\"\"", "length"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void P06_not_empty_are(String what, String message, String finish) throws Exception {
        JsonNode choice = Json.read(ask(json(String.format(ANSWER, message, finish, 0)), false)
                        .body())
                .at("/choices/0");

        assertThat(choice.path("finish_reason").asText()).isEqualTo(finish);
        assertThat(drill.asked(RawProviderChain.NEXT)).isZero();
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void P07_an_empty_answer_whose_window_is_said_to_be_full_is_none(boolean stream) throws Exception {
        Reply empty = json(
                "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"glm\",\"content\":[],"
                        + "\"stop_reason\":\"model_context_window_exceeded\",\"usage\":{\"input_tokens\":0,\"output_tokens\":0}}");

        AttemptResult first = next(RawProviderChain.ANTHROPIC, empty, stream);

        assertThat(first.failure().code()).isEqualTo("empty_completion");
        assertThat(drill.failures(RawProviderChain.ANTHROPIC.link)).isEqualTo(1);
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void P07_where_it_is_known_to_mean_that_the_credit_is_gone_the_key_is_left_alone(boolean stream) throws Exception {
        AttemptResult first = next(
                RawProviderChain.OPENAI,
                json(String.format(ANSWER, "\"content\":\"\"", "model_context_window_exceeded", 0)),
                stream);

        assertThat(first.failure().kind()).isEqualTo(FailureKind.QUOTA);
        assertThat(drill.coolingDown("key of raw-openai")).isTrue();
        assertThat(drill.failures(RawProviderChain.OPENAI.link)).isZero();
    }

    @Test
    void P07_the_same_in_a_stream() throws Exception {
        AttemptResult first = next(
                RawProviderChain.OPENAI,
                sse(
                        String.format(CHUNK, "\"role\":\"assistant\"", "null"),
                        String.format(CHUNK, "", "\"model_context_window_exceeded\""),
                        DONE),
                true);

        assertThat(first.failure().kind()).isEqualTo(FailureKind.QUOTA);
        assertThat(drill.coolingDown("key of raw-openai")).isTrue();
        assertThat(drill.failures(RawProviderChain.OPENAI.link)).isZero();
    }

    @Test
    void P07_an_answer_that_says_something_is_one_all_the_same() throws Exception {
        ask(json(String.format(ANSWER, "\"content\":\"Hello\"", "model_context_window_exceeded", 1)), false);

        assertThat(drill.coolingDown("key of raw-openai")).isFalse();
    }

    @Test
    void P08_a_chunk_with_nothing_but_usage_is_no_error_and_counts_once() throws Exception {
        HttpResponse<String> response = ask(sse(HELLO, STOP, USAGE, DONE), true);

        StreamTranscript.of(response).assertComplete("Hello");
        assertThat(drill.record().attempts()).singleElement().satisfies(turn -> {
            assertThat(turn.metering().usage()).isEqualTo(Usage.of(9, 1));
            assertThat(turn.metering().microDollars()).isEqualTo(11);
        });
    }

    @Test
    void P09_what_is_unknown_passes_through() throws Exception {
        String body = String.format(ANSWER, "\"content\":\"Hello\",\"mood\":\"sunny\"", "tired", 1)
                .replace("\"created\"", "\"weather\":{\"rain\":false},\"created\"");

        JsonNode answer = Json.read(ask(json(body), false).body());

        assertThat(answer.at("/choices/0/message/mood").asText()).isEqualTo("sunny");
        assertThat(answer.at("/weather/rain").isBoolean()).isTrue();
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Hello");
    }

    @Test
    void P09_in_a_stream_as_well() throws Exception {
        HttpResponse<String> response = ask(
                sse(
                        HELLO.replace("\"created\"", "\"weather\":\"fine\",\"created\""),
                        String.format(CHUNK, "", "\"tired\""),
                        DONE),
                true);

        assertThat(response.body()).contains("\"weather\":\"fine\"").endsWith(DONE);
        assertThat(StreamTranscript.of(response).errors()).isEmpty();
    }

    static Stream<Arguments> P10_what_follows_the_end_is_ignored() {
        return Stream.of(
                Arguments.of("the end once more", DONE),
                Arguments.of("more of an answer", HELLO),
                Arguments.of("an error", "data: {\"error\":{\"message\":\"canary\"}}\n\n"),
                Arguments.of("no JSON", "data: {{{\n\n"));
    }

    @ParameterizedTest(name = "{0}, streaming")
    @MethodSource
    void P10_what_follows_the_end_is_ignored(String what, String after) throws Exception {
        double before = trailing();

        StreamTranscript.of(ask(sse(HELLO, STOP, DONE, after), true)).assertComplete("Hello");

        GatewayTestCase.soon("the count").until(() -> trailing() == before + 1);
    }

    private static double trailing() throws Exception {
        return MetricsTest.value(
                drill.gateway(),
                "camelback_stream_trailing_total",
                "deployment=\"" + RawProviderChain.OPENAI.link + "\"");
    }

    @Test
    void P10_an_end_with_nothing_after_it_is_not_counted() throws Exception {
        double before = trailing();

        StreamTranscript.of(ask(sse(HELLO, STOP, DONE, "\r\n\n"), true)).assertComplete("Hello");

        drill.record();
        assertThat(trailing()).isEqualTo(before);
    }
}
