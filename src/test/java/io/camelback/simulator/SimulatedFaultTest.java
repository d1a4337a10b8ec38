package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.RecordedRequest.Ending;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.RawSocketClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedFaultTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String LAST_CHUNK = "0\r\n\r\n";
    private final SimulatedProvider provider = SimulatedProvider.start("test");

    @AfterEach
    void close() {
        provider.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "OPENAI, 429, '\"type\":\"requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"'",
        "OPENAI, 401, '\"code\":\"invalid_api_key\"'",
        "OPENAI, 404, '\"code\":\"model_not_found\"'",
        "OPENAI, 500, '\"type\":\"server_error\"'",
        "ANTHROPIC, 429, '{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"'",
        "ANTHROPIC, 529, '{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}'",
        "ANTHROPIC, 400, '\"type\":\"invalid_request_error\"'",
        "GEMINI, 429, '\"status\":\"RESOURCE_EXHAUSTED\"}}'",
        "GEMINI, 503, '{\"error\":{\"code\":503,'",
        "GEMINI, 400, '\"status\":\"INVALID_ARGUMENT\"'",
        "OPENAI, 522, '<!DOCTYPE html>'"
    })
    void a_status_comes_with_the_dialect_s_own_body(SimulatedRequestCase ask, int status, String part)
            throws Exception {
        provider.script().always(SimulatedFault.status(status));

        for (boolean stream : new boolean[] {false, true}) {
            HttpResponse<String> response = ask.send(provider, stream);
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).contains(part);
            assertThat(response.headers().firstValue("content-type").orElseThrow())
                    .startsWith(part.startsWith("<") ? "text/html" : "application/json");
        }
    }

    @Test
    void a_status_can_have_headers_and_another_body() throws Exception {
        provider.script()
                .then(SimulatedFault.status(302)
                        .header("Location", "http://evil.test/")
                        .header("content-type", "text/plain")
                        .body("moved"));

        HttpResponse<String> response = SimulatedRequestCase.OPENAI.send(provider, false);

        assertThat(response.headers().firstValue("location")).hasValue("http://evil.test/");
        assertThat(response.headers().allValues("content-type")).containsExactly("text/plain");
        assertThat(response.body()).isEqualTo("moved");
    }

    @Test
    void gemini_repeats_retry_after_in_its_body() throws Exception {
        provider.script().then(SimulatedFault.status(429).header("Retry-After", "2"));

        HttpResponse<String> response = SimulatedRequestCase.GEMINI.send(provider, false);

        assertThat(response.headers().firstValue("retry-after")).hasValue("2");
        assertThat(response.body())
                .contains("\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"2s\"");
    }

    @Test
    void no_content_has_no_body_and_no_length() throws Exception {
        provider.script().then(SimulatedFault.status(204));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readTo("\r\n\r\n")).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        }
    }

    @Test
    void reset_at_connect_breaks_the_connection_before_a_request() throws Exception {
        provider.script().then(SimulatedFault.resetAtConnect());
        try (RawSocketClient client = new RawSocketClient(provider)) {
            assertThat(client.readToReset()).isEmpty();
        }
        assertThat(provider.accepted()).isEqualTo(1);
        assertThat(provider.count()).isZero();
    }

    @Test
    void reset_before_headers_breaks_the_connection_after_the_request() throws Exception {
        provider.script().then(SimulatedFault.resetBeforeHeaders());
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readToReset()).isEmpty();
        }
        assertThat(ending()).isEqualTo(Ending.CUT);
    }

    @Test
    void a_kept_alive_connection_can_be_reset_on_its_second_request() throws Exception {
        provider.script().then(SimulatedFault.ok(), SimulatedFault.resetBeforeHeaders());
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readTo("\"default\"}")).startsWith("HTTP/1.1 200 OK");
            client.post(SimulatedRequestCase.OPENAI.path(false), SimulatedRequestCase.OPENAI.body(false, ""));
            assertThat(client.readToReset()).isEmpty();
        }
    }

    @Test
    void close_before_headers_ends_the_connection_in_order() throws Exception {
        provider.script().then(SimulatedFault.closeBeforeHeaders());
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void raw_bytes_are_sent_as_they_are() throws Exception {
        provider.script().then(SimulatedFault.rawBytes("220 smtp.test ESMTP\r\n".getBytes(StandardCharsets.US_ASCII)));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readToEnd()).isEqualTo("220 smtp.test ESMTP\r\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_cut_stream_has_so_many_tokens_and_no_end(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.words(5)).script().then(SimulatedFault.cutAfter(2));
        try (RawSocketClient client = ask.raw(provider, true)) {
            assertThat(client.readToEnd())
                    .contains("word1")
                    .contains(" word2")
                    .doesNotContain("word3")
                    .endsWith("\n\r\n")
                    .doesNotEndWith(LAST_CHUNK);
        }
        assertThat(provider.received().get(0).tokensSent()).isEqualTo(2);
    }

    @Test
    void http_clients_notice_that_a_stream_is_cut() {
        provider.script().then(SimulatedFault.cutAfter(2));

        assertThatThrownBy(() -> SimulatedRequestCase.OPENAI.send(provider, true))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_stream_can_be_reset_after_tokens() throws Exception {
        provider.answer(SimulatedCompletion.words(5)).script().then(SimulatedFault.resetAfter(2));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            assertThat(client.readToReset()).startsWith("HTTP/1.1 200 OK").doesNotContain("word3");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_stream_can_end_well_for_http_alone(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.words(5)).script().then(SimulatedFault.endAfter(2));

        assertThat(ask.send(provider, true).body())
                .contains("word2")
                .doesNotContain("word3")
                .doesNotContain("[DONE]")
                .doesNotContain("message_stop")
                .doesNotContain("STOP")
                .doesNotContain("\"stop\"");
    }

    @Test
    void a_cut_after_more_tokens_than_there_are_comes_after_the_last() throws Exception {
        provider.script().then(SimulatedFault.endAfter(99));

        assertThat(SimulatedRequestCase.OPENAI.send(provider, true).body())
                .contains(" sim.")
                .doesNotContain("\"stop\"");
        assertThat(provider.received().get(0).tokensSent()).isEqualTo(3);
    }

    @Test
    void a_cut_after_no_token_leaves_only_the_opening() throws Exception {
        provider.script().then(SimulatedFault.endAfter(0));

        assertThat(SimulatedRequestCase.ANTHROPIC.send(provider, true).body())
                .startsWith("event: message_start\n")
                .hasLineCount(3);
    }

    @Test
    void tool_arguments_can_be_cut_inside_their_json() throws Exception {
        provider.answer(SimulatedCompletion.hello().toolCall("f", "{\"city\":\"Oslo\"}"))
                .script()
                .then(SimulatedFault.endAfter(1));

        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        String body = SimulatedRequestCase.OPENAI.send(provider, true, tools).body();

        assertThat(body).endsWith("\"function\":{\"arguments\":\"{\\\"cit\"}}]},\"finish_reason\":null}]}\n\n");
    }

    @Test
    void a_cut_plain_answer_is_shorter_than_it_says() throws Exception {
        String whole = SimulatedRequestCase.OPENAI.send(provider, false).body();
        provider.script().then(SimulatedFault.cutAfter(1));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            String answer = client.readToEnd();
            assertThat(answer).contains("Content-Length: " + whole.length() + "\r\n");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(whole.length() / 2);
        }
    }

    @Test
    void a_plain_answer_can_be_cut_json_of_the_right_length() throws Exception {
        String whole = SimulatedRequestCase.OPENAI.send(provider, false).body();
        provider.script().then(SimulatedFault.malformedJson(0));

        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).body())
                .startsWith("{\"id\":\"chatcmpl")
                .hasSize(whole.length() / 2);
    }

    @ParameterizedTest(name = "stream: {0}")
    @ValueSource(booleans = {false, true})
    void silence_says_nothing_until_the_client_leaves(boolean stream) throws Exception {
        provider.script().then(SimulatedFault.silence());
        RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, stream);
        assertThat(provider.awaitCount(1, LONG)).isTrue();
        assertThat(provider.received().get(0).outcome()).isNull();

        client.close();

        assertThat(ending()).isEqualTo(Ending.CLIENT_GONE);
    }

    @Test
    void slow_headers_are_followed_by_a_good_answer() throws Exception {
        provider.script().then(SimulatedFault.slowHeaders(Duration.ofMillis(50)));

        long start = System.nanoTime();
        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).body()).contains("Hello from sim.");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
    }

    @Test
    void headers_can_come_long_before_the_first_token() throws Exception {
        provider.script().then(SimulatedFault.slowFirstToken(Duration.ofHours(1)));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 OK").contains("text/event-stream");
        }
        assertThat(ending()).isEqualTo(Ending.CLIENT_GONE);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void pings_come_before_the_first_token(SimulatedRequestCase ask) throws Exception {
        provider.script().then(SimulatedFault.pingsBeforeFirstToken(Duration.ofMillis(50), Duration.ofMillis(20)));

        String body = ask.send(provider, true).body();

        String ping =
                ask == SimulatedRequestCase.ANTHROPIC ? "event: ping\ndata: {\"type\":\"ping\"}\n\n" : ": keep-alive";
        assertThat(body.substring(0, body.indexOf("Hello")).split(Pattern.quote(ping), -1))
                .hasSize(3);
        assertThat(body).contains(" sim.");
    }

    @Test
    void a_plain_answer_is_kept_alive_by_empty_lines() throws Exception {
        provider.script().then(SimulatedFault.pingsBeforeFirstToken(Duration.ofMillis(50), Duration.ofMillis(20)));

        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).body())
                .startsWith("\n\n{\"id\"")
                .endsWith("}");
    }

    @Test
    void a_stream_can_stall_with_its_connection_open() throws Exception {
        provider.answer(SimulatedCompletion.words(5)).script().then(SimulatedFault.stallAfter(2));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            assertThat(client.readTo("\"finish_reason\":null}]}\n\n\r\n")).contains("\"role\"");
            assertThat(provider.received().get(0).awaitTokens(2, LONG)).isTrue();
            assertThat(provider.received().get(0).outcome()).isNull();
        }
        assertThat(ending()).isEqualTo(Ending.CLIENT_GONE);
        assertThat(provider.received().get(0).tokensSent()).isEqualTo(2);
    }

    @Test
    void a_plain_answer_can_stall_in_the_middle() throws Exception {
        provider.script().then(SimulatedFault.stallAfter(1));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readTo("\"content\":")).contains("Content-Length:");
        }
        assertThat(ending()).isEqualTo(Ending.CLIENT_GONE);
    }

    @Test
    void a_stream_that_is_done_can_leave_its_connection_open() throws Exception {
        provider.script().then(SimulatedFault.lingerAfterDone());
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            client.readTo("data: [DONE]\n\n\r\n");
            assertThat(provider.received().get(0).outcome()).isNull();
        }
        assertThat(ending()).isEqualTo(Ending.CLIENT_GONE);
    }

    @Test
    void a_bad_chunk_size_comes_after_tokens() throws Exception {
        provider.script().then(SimulatedFault.badChunkSize(1));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            assertThat(client.readToEnd())
                    .contains("Hello")
                    .doesNotContain(" from")
                    .endsWith("\n\n\r\nnot-a-size\r\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void an_event_can_have_broken_json(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.words(3)).script().then(SimulatedFault.malformedJson(1));

        String[] events = ask.send(provider, true).body().split("\r?\n\r?\n");

        long broken = Arrays.stream(events)
                .filter(event -> !event.endsWith("}") && !event.endsWith("[DONE]"))
                .count();
        assertThat(broken).isEqualTo(1);
        assertThat(String.join("", events)).contains("word3");
    }

    @ParameterizedTest(name = "stream: {0}")
    @ValueSource(booleans = {false, true})
    void a_page_can_come_with_status_200(boolean stream) throws Exception {
        provider.script().then(SimulatedFault.htmlWith200());

        HttpResponse<String> response = SimulatedRequestCase.OPENAI.send(provider, stream);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(response.body()).contains("Bad gateway");
    }

    @ParameterizedTest(name = "stream: {0}")
    @ValueSource(booleans = {false, true})
    void an_error_can_come_with_status_200(boolean stream) throws Exception {
        provider.script().then(SimulatedFault.errorIn200("{\"error\":{\"code\":502}}"));

        HttpResponse<String> response = SimulatedRequestCase.OPENAI.send(provider, stream);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo("{\"error\":{\"code\":502}}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "OPENAI, '\"choices\":[],\"error\":{\"message\":\"The engine is currently overloaded, please try again later.\"'",
        "RESPONSES, 'event: response.failed\ndata: {\"type\":\"response.failed\"'",
        "ANTHROPIC, 'event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"'",
        "GEMINI, 'data: {\"error\":{\"code\":529,'"
    })
    void an_error_can_come_before_the_first_token(SimulatedRequestCase ask, String part) throws Exception {
        provider.script().then(SimulatedFault.errorEventFirst());

        HttpResponse<String> response = ask.send(provider, true);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains(part)
                .doesNotContain("Hello")
                .doesNotContain("[DONE]")
                .doesNotContain("message_stop");
        assertThat(response.body().contains("message_start")).isEqualTo(ask == SimulatedRequestCase.ANTHROPIC);
    }

    @Test
    void an_error_of_another_status_can_come_after_tokens() throws Exception {
        provider.script().then(SimulatedFault.errorEventAfter(2).status(429));

        assertThat(SimulatedRequestCase.ANTHROPIC.send(provider, true).body())
                .contains("Hello")
                .contains(" from")
                .doesNotContain(" sim.")
                .contains("rate_limit_error")
                .doesNotContain("message_delta");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "OPENAI, '\"content\":\"\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"'",
        "RESPONSES, '\"status\":\"completed\"'",
        "ANTHROPIC, '\"content\":[],\"stop_reason\":\"end_turn\"'",
        "GEMINI, '\"content\":{\"role\":\"model\"},\"finishReason\":\"STOP\"'"
    })
    void an_answer_can_be_empty(SimulatedRequestCase ask, String part) throws Exception {
        provider.script().always(SimulatedFault.emptyCompletion());

        assertThat(ask.send(provider, false).body()).contains(part);
        assertThat(ask.send(provider, true).body())
                .doesNotContain("Hello")
                .containsAnyOf("\"stop\"", "end_turn", "STOP", "response.completed");
        assertThat(provider.received().get(1).tokensSent()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_terminal_event_can_be_missing(SimulatedRequestCase ask) throws Exception {
        provider.script().then(SimulatedFault.finishWithoutDone());

        assertThat(ask.send(provider, true).body())
                .containsAnyOf("\"stop\"", "\"end_turn\"", "\"STOP\"", "response.completed")
                .doesNotContain("[DONE]")
                .doesNotContain("message_stop");
    }

    @Test
    void a_stream_can_be_answered_with_plain_json() throws Exception {
        provider.script().then(SimulatedFault.jsonForStream());

        HttpResponse<String> response = SimulatedRequestCase.OPENAI.send(provider, true);

        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).startsWith("{\"id\":\"chatcmpl-sim-1\",\"object\":\"chat.completion\"");
    }

    @Test
    void raw_events_are_sent_in_pieces() throws Exception {
        provider.script().then(SimulatedFault.rawSse("data: \u00e9\n\n", 1));
        try (RawSocketClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            client.readTo("\r\n\r\n");
            byte[] bytes = "data: \u00e9\n\n".getBytes(StandardCharsets.UTF_8);
            assertThat(client.readTo(LAST_CHUNK))
                    .hasSizeGreaterThan(6 * (bytes.length - 2))
                    .startsWith("1\r\nd\r\n1\r\na\r\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_sliced_answer_is_the_same_answer(SimulatedRequestCase ask) throws Exception {
        provider.script()
                .then(SimulatedFault.ok(), SimulatedFault.sliced(1), SimulatedFault.ok(), SimulatedFault.sliced(7));

        for (boolean stream : new boolean[] {false, true}) {
            String whole = ask.send(provider, stream).body();
            String sliced = ask.send(provider, stream).body();
            assertThat(sliced.replaceAll("sim-?_?\\d", "")).isEqualTo(whole.replaceAll("sim-?_?\\d", ""));
        }
        assertThat(provider.received().get(1).tokensSent()).isEqualTo(3);
    }

    @ParameterizedTest(name = "stream: {0}")
    @ValueSource(booleans = {false, true})
    void an_answer_can_be_compressed(boolean stream) throws Exception {
        provider.script().then(SimulatedFault.gzip());

        HttpResponse<byte[]> response = SimulatedRequestCase.OPENAI.sendForBytes(provider, stream);

        assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
        String body = new String(
                new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(body).contains("Hello").endsWith(stream ? "data: [DONE]\n\n" : "}");
    }

    @Test
    void one_request_can_have_an_answer_of_its_own() throws Exception {
        provider.script().then(SimulatedFault.ok(SimulatedCompletion.text("Just this once.")));

        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).body()).contains("Just this once.");
        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).body()).contains("Hello from sim.");
    }

    @Test
    void impossible_faults_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.cutAfter(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.stallAfter(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.slowHeaders(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedFault.pingsBeforeFirstToken(LONG, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.status(103));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.sliced(0));
    }

    private Ending ending() throws InterruptedException {
        assertThat(provider.awaitCount(1, LONG)).isTrue();
        RecordedRequest received = provider.received().get(0);
        assertThat(received.awaitEnd(LONG)).isTrue();
        return received.outcome().ending();
    }
}
