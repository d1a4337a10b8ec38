package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.RawHttpClient;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are wrong from the first byte on. */
class SimulatedFaultTest extends SimulatedProviderTestBase {
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
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readTo("\r\n\r\n")).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        }
    }

    @Test
    void raw_bytes_are_sent_as_they_are() throws Exception {
        provider.script().then(SimulatedFault.rawBytes("220 smtp.test ESMTP\r\n".getBytes(StandardCharsets.US_ASCII)));
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readToEnd()).isEqualTo("220 smtp.test ESMTP\r\n");
        }
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

    @Test
    void raw_events_are_sent_in_pieces() throws Exception {
        provider.script().then(SimulatedFault.rawSse("data: \u00e9\n\n", 1));
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
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
}
