package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.acceptance.operations.MetricsTest;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.Usage;
import io.camelback.failure.FailureKind;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StreamTranscript;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are none although the status says so, and those that only look like it: docs/failures.md P01 to P14. */
class SoftFailuresTest {
    private static final FixedBytesProvider FIRST = FixedBytesProvider.start();
    private static final FixedBytesProvider EVIL = FixedBytesProvider.start();

    @RegisterExtension
    static final GatewayTestCase drill = RawProviderChain.drill(
            FIRST,
            GatewayTestCase.SOON,
            config -> GatewayTestCase.withoutRetries(config)
                    .replace("raw-openai: {", "raw-openai: { quota-stop-reasons: [model_context_window_exceeded],"));

    private static final String ANSWER =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{"
                    + "\"index\":0,\"message\":{\"role\":\"assistant\",%s},\"finish_reason\":\"%s\"}],\"usage\":{\"prompt_tokens\":1000,"
                    + "\"completion_tokens\":%d,\"total_tokens\":1001}}";
    private static final String CHUNK =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]}\n\n";
    private static final String HELLO = String.format(CHUNK, "\"role\":\"assistant\",\"content\":\"Hello\"", "null");
    private static final String STOP = String.format(CHUNK, "", "\"stop\"");
    private static final String USAGE =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"total_tokens\":10}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @AfterAll
    static void close() throws Exception {
        FIRST.close();
        EVIL.close();
    }

    @AfterEach
    void nothing_is_left_open() {
        GatewayTestCase.soon("connections to the first link").until(() -> FIRST.openConnections() == 0);
    }

    private static Reply sse(String... events) {
        return Reply.stream(String.join("", events).getBytes(StandardCharsets.UTF_8), End.FIN);
    }

    private static Reply json(String body) {
        return Reply.json(200, body);
    }

    /** Asks the chain of that link, which must go on to the next one, and says what became of the first. */
    private static AttemptResult next(RawProviderChain link, Reply reply, boolean stream) throws Exception {
        FIRST.answer(reply);
        int asked = FIRST.asked();
        int askedNext = drill.asked(RawProviderChain.NEXT);

        HttpResponse<String> response = drill.ask(link.chain, stream);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(drill.hello(RawProviderChain.NEXT));
        assertThat(header(response, "x-camelback-model")).isEqualTo(RawProviderChain.NEXT);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(response.body()).doesNotContain("canary");
        assertThat(FIRST.asked() - asked).as("requests to the first link").isEqualTo(1);
        assertThat(drill.asked(RawProviderChain.NEXT) - askedNext)
                .as("requests to the next")
                .isEqualTo(1);
        RequestRecord record = drill.record();
        assertThat(record.attempts()).hasSize(2);
        assertThat(record.attempts().get(1).metering().usage().output())
                .as("settled from the usage it reported")
                .isPositive();
        assertThat(record.attempts().get(1).metering().estimated()).isFalse();
        return record.attempts().get(0);
    }

    private static void assertCounted(AttemptResult first, RawProviderChain link, FailureKind kind) {
        assertThat(first.failure().kind()).isEqualTo(kind);
        assertThat(drill.failures(link.link)).isEqualTo(1);
        assertThat(first.metering().microDollars()).as("charged").isZero();
    }

    private static HttpResponse<String> ask(Reply reply, boolean stream) throws Exception {
        FIRST.answer(reply);
        HttpResponse<String> response = drill.ask(RawProviderChain.OPENAI.chain, stream);
        assertThat(header(response, "x-camelback-model")).as(response.body()).isEqualTo(RawProviderChain.OPENAI.link);
        assertThat(drill.failures(RawProviderChain.OPENAI.link)).isZero();
        return response;
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void P01_json_that_is_cut_is_no_answer(boolean stream) throws Exception {
        for (RawProviderChain link : RawProviderChain.values()) {
            drill.again();
            assertCounted(next(link, json("{\"choices\":["), stream), link, FailureKind.PROTOCOL);
        }
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void P02_a_page_of_html_is_no_answer_and_never_shown(boolean stream) throws Exception {
        String html = "<html>" + GatewayTestCase.CANARY + "</html>";
        Reply page = Reply.of(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n",
                html.getBytes(StandardCharsets.UTF_8),
                End.FIN);

        assertCounted(next(RawProviderChain.OPENAI, page, stream), RawProviderChain.OPENAI, FailureKind.PROTOCOL);
        drill.awaitLog("first-openai sent no answer but HTML with status 200: " + html.length() + " bytes, sha256 "
                + sha256(html));
    }

    @Test
    void P02_the_log_has_the_size_and_the_digest_of_whatever_was_no_answer() throws Exception {
        next(RawProviderChain.OPENAI, json("{\"canary\":"), false);
        drill.awaitLog("first-openai sent no answer but broken JSON: 10 bytes, sha256 " + sha256("{\"canary\":"));
        next(RawProviderChain.OPENAI, json("[1]"), false);
        drill.awaitLog("first-openai sent no answer but no JSON object: 3 bytes, sha256 " + sha256("[1]"));
        next(RawProviderChain.GEMINI, json("{\"canary\":1}"), false);
        drill.awaitLog("first-gemini sent no answer but neither candidates nor a block reason: 12 bytes, sha256 "
                + sha256("{\"canary\":1}"));
        next(RawProviderChain.OPENAI, json("<html>" + " ".repeat(1 << 20)), false);
        drill.awaitLog("first-openai sent no answer but HTML with status 200: the first 65536 bytes, sha256 "
                + sha256("<html>" + " ".repeat((64 << 10) - 6)));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

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
        assertThat(drill.parked("key of raw-openai")).isTrue();
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
        assertThat(drill.parked("key of raw-openai")).isTrue();
        assertThat(drill.failures(RawProviderChain.OPENAI.link)).isZero();
    }

    @Test
    void P07_an_answer_that_says_something_is_one_all_the_same() throws Exception {
        ask(json(String.format(ANSWER, "\"content\":\"Hello\"", "model_context_window_exceeded", 1)), false);

        assertThat(drill.parked("key of raw-openai")).isFalse();
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

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {204, 205})
    void P11_a_status_without_a_body_is_no_answer(int status) throws Exception {
        Reply empty = new Reply(
                ("HTTP/1.1 " + status + " Nothing\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                End.FIN);

        assertCounted(next(RawProviderChain.OPENAI, empty, true), RawProviderChain.OPENAI, FailureKind.PROTOCOL);
    }

    @Test
    void P11_what_comes_before_the_answer_is_skipped() throws Exception {
        Reply reply = Reply.of(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n",
                (HELLO + STOP + DONE).getBytes(StandardCharsets.UTF_8),
                End.FIN);

        StreamTranscript.of(ask(reply, true)).assertComplete("Hello");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void P12_a_redirect_is_not_followed(int status) throws Exception {
        Reply redirect = new Reply(
                ("HTTP/1.1 " + status + " Elsewhere\r\nLocation: " + EVIL.url()
                                + "/v1/chat/completions\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                End.FIN);

        assertCounted(next(RawProviderChain.OPENAI, redirect, false), RawProviderChain.OPENAI, FailureKind.PROTOCOL);

        assertThat(EVIL.accepted()).as("connections to where it pointed").isZero();
    }

    @Test
    void P13_a_plain_answer_to_a_streaming_request_becomes_a_stream() throws Exception {
        StreamTranscript.of(ask(json(String.format(ANSWER, "\"content\":\"Hello there\"", "stop", 2)), true))
                .assertComplete("Hello there");
    }

    @Test
    void P13_and_a_plain_error_is_classified() throws Exception {
        AttemptResult first = next(
                RawProviderChain.OPENAI,
                json("{\"error\":{\"message\":\"canary\",\"type\":\"rate_limit_error\"}}"),
                true);

        assertThat(first.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT);
    }

    @Test
    void P14_no_more_than_the_beginning_of_a_large_error_is_read() throws Exception {
        byte[] large = new byte[50 << 20];
        Reply reply = Reply.of(
                "HTTP/1.1 500 Broken\r\nContent-Type: application/json\r\nContent-Length: " + large.length + "\r\n\r\n",
                large,
                End.FIN);

        assertCounted(next(RawProviderChain.OPENAI, reply, false), RawProviderChain.OPENAI, FailureKind.SERVER);

        GatewayTestCase.soon("the connection to be dropped").until(() -> FIRST.openConnections() == 0);
        assertThat(FIRST.written())
                .as("bytes that left the provider, buffers of the network included")
                .isLessThan(16 << 20);
    }

    @Test
    void the_first_link_is_asked_in_its_own_words() throws Exception {
        for (RawProviderChain link : RawProviderChain.values()) {
            StringBuilder asked = new StringBuilder();
            FIRST.answer(request -> {
                asked.append(request);
                return Reply.json(500, "{}");
            });
            drill.gateway().post("/v1/chat/completions", chat(link.chain, true));
            assertThat(asked.toString())
                    .contains("raw-key")
                    .containsAnyOf(
                            List.of("/v1/chat/completions", "/v1/messages", "/v1beta/models/raw", "/v1/responses")
                                    .get(link.ordinal()));
        }
    }
}
