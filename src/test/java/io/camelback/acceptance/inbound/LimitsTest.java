package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RawHttpResponse;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ScriptedBytesProvider;
import io.camelback.testkit.ScriptedBytesProvider.Play;
import io.camelback.testkit.ScriptedBytesProvider.Talk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes over each of the limits under {@code limits:}, which are small here, over real bytes. */
class LimitsTest {
    @RegisterExtension
    private static final ScriptedBytesProvider HOSTILE = new ScriptedBytesProvider();

    private static final int MEBIBYTE = 1 << 20;
    private static final String JSON_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    private static final String TEXT = "0123456789abcdef".repeat(64);

    @RegisterExtension
    static final GatewayTestCase DRILL =
            GatewayTestCase.edited(config -> HOSTILE.insteadOf("deepseek", GatewayTestCase.withoutRetries(config))
                    + "\nlimits: { request-head: 8KiB, answer: 64KiB, event: 16KiB, silence: 8KiB, held: 32KiB, error-body: 1KiB,"
                    + " unpacked: 64KiB, response-headers: 20, response-header: 1KiB, choices: 4, tool-calls: 8 }\n");

    /** For ever, or until the gateway has had enough. No test writes more than 4 MiB. */
    private static Play endless(String head, String piece) {
        return talk -> {
            talk.write(head);
            String some = piece.repeat(Math.max(1, 4096 / piece.length()));
            while (talk.sent() < 4 * MEBIBYTE) {
                talk.write(some);
            }
        };
    }

    private static Play json(String head, String end, String piece) {
        return talk -> {
            talk.write(JSON_HEAD + "\r\n" + head);
            while (talk.sent() < 4 * MEBIBYTE) {
                talk.write(piece);
            }
            talk.write(end);
        };
    }

    private static String delta(String delta) {
        return "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{" + delta + "}}]}\n\n";
    }

    private static String call(int index) {
        return "{\"index\":" + index + ",\"id\":\"call_" + index
                + "\",\"type\":\"function\",\"function\":{\"name\":\"f\"," + "\"arguments\":\"{}\"}}";
    }

    /** 16 MiB of comments. */
    private static byte[] packed() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] comments = ": nothing\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 16; i++) {
                out.write(comments);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static Play gzipBomb() {
        byte[] packed = packed();
        return talk -> {
            talk.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
            talk.write(packed);
        };
    }

    static Stream<Arguments> answers() {
        String sse = ScriptedBytesProvider.SSE_HEAD;
        String begin = sse + ScriptedBytesProvider.role();
        String arguments = delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + TEXT + "\"}}]");
        String opening = sse + delta("\"tool_calls\":[" + call(0) + "]");
        String choices = Stream.iterate(0, i -> i + 1)
                .limit(5)
                .map(i -> "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":" + i
                        + ",\"delta\":{\"content\":\"hi\"}}]}\n\n")
                .reduce("", String::concat);
        String calls = Stream.iterate(0, i -> i + 1)
                .limit(9)
                .map(i -> delta("\"tool_calls\":[" + call(i) + "]"))
                .reduce("", String::concat);
        return Stream.of(
                limit(
                        "a JSON body that never ends",
                        false,
                        "",
                        json("{\"choices\":[{\"message\":{\"content\":\"", "\"}}]}", TEXT)),
                limit("a stream that is collected", false, "", endless(begin, ScriptedBytesProvider.event(TEXT))),
                limit(
                        "logprobs that are collected",
                        false,
                        "",
                        endless(
                                begin,
                                "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":"
                                        + "[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-1,"
                                        + "\"top_logprobs\":[]}]}}]}\n\n")),
                limit("a stream that is held back", true, "full", endless(begin, ScriptedBytesProvider.event(TEXT))),
                limit("tool arguments that are held back", true, "tools", endless(opening, arguments)),
                limit("tool arguments that are collected", false, "", endless(opening, arguments)),
                limit("arguments of a call without a name", false, "", endless(sse, arguments)),
                limit("one event without an end", true, "", endless(sse + "data: ", TEXT)),
                limit("a comment without an end", true, "", endless(sse + ": ", TEXT)),
                limit("an event's name without an end", false, "", endless(sse + "event: ", TEXT)),
                limit("events that say nothing", true, "", endless(sse, delta(""))),
                limit("tiny events that say nothing", true, "", endless(sse, "data: {}\n\n")),
                limit("pings by name", true, "", endless(sse, "event: ping\ndata: {}\n\n")),
                limit(
                        "more choices than there may be",
                        false,
                        "",
                        talk -> talk.write(sse + choices + "data: [DONE]\n\n")),
                limit(
                        "more tool calls than there may be",
                        false,
                        "",
                        talk -> talk.write(sse + calls + "data: [DONE]\n\n")),
                limit("a gzip bomb", true, "", gzipBomb()),
                limit("headers without an end", true, "", endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n")),
                limit("one header without an end", true, "", endless("HTTP/1.1 200 OK\r\nX-A: ", TEXT)),
                limit("a status line without an end", true, "", endless("HTTP/1.1 200 ", TEXT)),
                limit(
                        "an error's body without an end",
                        true,
                        "",
                        endless(
                                "HTTP/1.1 500 Internal Server Error\r\n"
                                        + "Content-Type: application/json\r\nConnection: close\r\n\r\n{\"error\":{\"message\":\"",
                                TEXT)));
    }

    private static Arguments limit(String name, boolean stream, String commit, Play play) {
        return Arguments.of(name, stream, commit, play);
    }

    @DisplayName("X10 what is kept of an answer is bounded")
    @ParameterizedTest(name = "X10 {0}")
    @MethodSource("answers")
    void what_is_over_is_not_read_on_and_the_next_link_answers(String name, boolean stream, String commit, Play play)
            throws Exception {
        HOSTILE.plays(play);

        HttpResponse<String> response = ask("economy", stream, commit);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.text(response)).isEqualTo(DRILL.hello("groq-llama"));
        Talk talk = HOSTILE.awaitTalk();
        assertThat(talk.awaitOver()).isTrue();
        assertThat(talk.sent()).as("what the gateway took").isLessThan(3 * MEBIBYTE);
        GatewayTestCase.soon("the memory")
                .until(() -> DRILL.gateway().vitals.memory().used() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void alone_it_is_the_provider_s_fault(String name, boolean stream, String commit, Play play) throws Exception {
        HOSTILE.plays(play);

        HttpResponse<String> response = ask("deepseek", stream, commit);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
        boolean told = !name.contains("say nothing")
                && !name.contains("pings")
                && !name.contains("error's body")
                && !name.contains("without a name");
        assertThat(Json.read(response.body()).at("/error/code").asText())
                .isEqualTo(told ? "answer_too_large" : "upstream_error");
    }

    /** Only text may go on for ever. */
    @DisplayName("X10 tool arguments of a live stream are bounded")
    @Test
    void a_live_stream_whose_tool_call_never_ends_is_broken_off_in_words() throws Exception {
        HOSTILE.plays(endless(
                ScriptedBytesProvider.SSE_HEAD
                        + ScriptedBytesProvider.event("Wait.")
                        + delta("\"tool_calls\":[" + call(0) + "]"),
                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + TEXT + "\"}}]")));

        HttpResponse<String> response = ask("economy", true, "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Wait.", "\"answer_too_large\"").doesNotContain("[DONE]");
        assertThat(HOSTILE.awaitTalk().sent()).isLessThan(MEBIBYTE);
    }

    @Test
    void live_text_may_be_longer_than_what_is_kept() throws Exception {
        HOSTILE.plays(talk -> talk.write(ScriptedBytesProvider.SSE_HEAD
                + ScriptedBytesProvider.event(TEXT).repeat(200) + ScriptedBytesProvider.finish() + "data: [DONE]\n\n"));

        HttpResponse<String> response = ask("economy", true, "");

        assertThat(RunningGateway.text(response)).hasSize(200 * TEXT.length());
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void of_responses_callers_the_whole_is_kept_and_so_it_has_a_limit() throws Exception {
        HOSTILE.plays(endless(
                ScriptedBytesProvider.SSE_HEAD + ScriptedBytesProvider.role(), ScriptedBytesProvider.event(TEXT)));

        HttpResponse<String> response =
                DRILL.gateway().post("/v1/responses", "{\"model\":\"economy\",\"stream\":true,\"input\":\"hi\"}");

        assertThat(response.body()).contains("answer_too_large").doesNotContain("response.completed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_request_head_that_is_too_long_is_told_in_its_dialect(String path, String type) throws Exception {
        RawHttpResponse answer = RawHttpClient.post(
                DRILL.gateway().standalone.port(), path, List.of("X-Long: " + "x".repeat(9 << 10)), "{}");

        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("limits.request-head", type);
        assertThat(DRILL.ask("premium", false).statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> a_request_head_that_is_too_long_is_told_in_its_dialect() {
        return Stream.of(
                Arguments.of("/v1/chat/completions", "\"code\":\"request_head_too_large\""),
                Arguments.of("/v1/messages", "\"type\":\"error\""),
                Arguments.of("/v1/responses", "\"code\":\"request_head_too_large\""),
                Arguments.of("/v1beta/models/premium:generateContent", "\"status\":"));
    }

    @Test
    void headers_below_the_limit_are_taken() throws Exception {
        RawHttpResponse answer = RawHttpClient.post(
                DRILL.gateway().standalone.port(),
                "/v1/chat/completions",
                List.of("X-Long: " + "x".repeat(7 << 10)),
                RunningGateway.chat("premium", false));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_model_s_name_of_a_megabyte_is_none_whatever_pattern_matches_it() throws Exception {
        HttpResponse<String> response = DRILL.ask("claude-opus-" + "x".repeat(MEBIBYTE), false);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
        assertThat(DRILL.log()).allSatisfy(line -> assertThat(line).hasSizeLessThan(4096));
    }

    private static HttpResponse<String> ask(String model, boolean stream, String commit) throws Exception {
        return commit.isEmpty() ? DRILL.ask(model, stream) : DRILL.ask(model, stream, "x-camelback-commit", commit);
    }
}
