package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.operations.MetricsTest;
import io.camelback.attempt.AttemptResult;
import io.camelback.failure.FailureKind;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StreamTranscript;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors with a good status, and in a stream that began well: docs/failures.md P03 to P05. */
class InBandErrorsTest extends RawChainTestBase {
    static Stream<Arguments> P03_an_error_in_a_good_status_is_what_its_code_says() {
        return Stream.of(
                Arguments.of(502, FailureKind.SERVER),
                Arguments.of(503, FailureKind.OVERLOAD),
                Arguments.of(429, FailureKind.RATE_LIMIT),
                Arguments.of(401, FailureKind.AUTH),
                Arguments.of(402, FailureKind.QUOTA));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void P03_an_error_in_a_good_status_is_what_its_code_says(int code, FailureKind kind) throws Exception {
        double before = softErrors(kind);

        AttemptResult first =
                next(RawProviderChain.OPENAI, json("{\"error\":{\"message\":\"canary\",\"code\":" + code + "}}"), true);

        assertThat(first.failure().kind()).isEqualTo(kind);
        assertThat(softErrors(kind)).isEqualTo(before + 1);
        assertThat(drill.failures(RawProviderChain.OPENAI.link)).isEqualTo(kind.counted() ? 1 : 0);
        assertThat(first.metering().microDollars()).isZero();
    }

    private static double softErrors(FailureKind kind) throws Exception {
        return MetricsTest.value(
                drill.gateway(),
                "camelback_soft_errors_total",
                "deployment=\"" + RawProviderChain.OPENAI.link + "\"",
                "reason=\"" + kind.name().toLowerCase(Locale.ROOT) + "\"");
    }

    @Test
    void P03_a_bad_status_and_a_connection_that_breaks_are_no_soft_errors() throws Exception {
        double before = MetricsTest.value(drill.gateway(), "camelback_soft_errors_total");
        next(RawProviderChain.OPENAI, Reply.json(500, "{}"), false);
        next(RawProviderChain.OPENAI, Reply.stream("data: {}".getBytes(StandardCharsets.UTF_8), End.FIN), true);

        assertThat(MetricsTest.value(drill.gateway(), "camelback_soft_errors_total"))
                .isEqualTo(before);
    }

    static Stream<Arguments> errors() {
        String error = "data: {\"id\":\"c\",\"choices\":[],\"error\":{\"message\":\"canary\",\"code\":502}}\n\n";
        return Stream.of(
                Arguments.of("an error beside no choices", error),
                Arguments.of("an error as the finish", String.format(CHUNK, "\"content\":\"\"", "\"error\"")),
                Arguments.of(
                        "an error in the choice",
                        "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"error\":"
                                + "{\"message\":\"canary\",\"code\":502},\"finish_reason\":\"error\"}]}\n\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void P04_a_stream_that_begins_with_an_error_is_the_next_links(String what, String error) throws Exception {
        assertCounted(
                next(RawProviderChain.OPENAI, sse(error, DONE), true), RawProviderChain.OPENAI, FailureKind.SERVER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void P04_after_twenty_tokens_the_caller_is_told(String what, String error) throws Exception {
        FIRST.answer(sse(String.format(CHUNK, "\"content\":\" a\"", "null").repeat(20), error, DONE));

        StreamTranscript transcript = StreamTranscript.of(drill.ask(RawProviderChain.OPENAI.chain, true));

        transcript.assertBroken("upstream_error");
        assertThat(transcript.text()).isEqualTo(" a".repeat(20));
        assertThat(drill.failures(RawProviderChain.OPENAI.link)).isEqualTo(1);
        assertThat(drill.asked(RawProviderChain.NEXT)).isZero();
        assertThat(drill.record().attempts()).singleElement().satisfies(turn -> {
            assertThat(turn.metering().estimated()).isTrue();
            assertThat(turn.metering().usage().output()).isEqualTo(20);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void P04_who_does_not_stream_gets_the_next_link_even_then(String what, String error) throws Exception {
        AttemptResult first = next(RawProviderChain.OPENAI, sse(HELLO, error, DONE), false);

        assertThat(first.failure().kind()).isEqualTo(FailureKind.SERVER);
        assertThat(first.metering().usage().output())
                .as("what was written is charged")
                .isEqualTo(1);
    }

    @Test
    void P05_a_failed_response_is_the_next_links() throws Exception {
        assertCounted(
                next(RawProviderChain.RESPONSES, failed("server_error"), false),
                RawProviderChain.RESPONSES,
                FailureKind.SERVER);
    }

    @Test
    void P05_an_invalid_prompt_is_the_callers() throws Exception {
        FIRST.answer(failed("invalid_prompt"));

        HttpResponse<String> response = drill.ask(RawProviderChain.RESPONSES.chain, false);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(response.body()).doesNotContain("canary");
        assertThat(drill.asked(RawProviderChain.NEXT)).isZero();
        assertThat(drill.failures(RawProviderChain.RESPONSES.link)).isZero();
    }

    private static Reply failed(String code) {
        return json("{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\"" + code
                + "\",\"message\":\"canary\"},\"output\":[]}");
    }
}
