package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.RecordedRequest.Ending;
import io.camelback.testkit.RawHttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How requests are read, counted and kept. */
@Timeout(60)
class SimulatedProviderTest extends SimulatedProviderTestBase {
    @Test
    void shows_what_it_received() throws Exception {
        String body = SimulatedRequestCase.OPENAI.body(true, ",\"user\":\"\u00e9\"");
        try (RawHttpClient client = RawHttpClient.connect(provider.port())) {
            client.write(
                    "POST /v1/chat/completions?beta=true HTTP/1.1\r\nHost: lab\r\nauthorization: Bearer sim-key\r\n"
                            + "X-Twice: 1\r\nX-Twice: 2\r\nContent-Length: "
                            + body.getBytes(StandardCharsets.UTF_8).length
                            + "\r\n\r\n" + body);
            client.readTo("\r\n0\r\n\r\n");
        }
        RecordedRequest received = provider.received().get(0);

        assertThat(received.awaitEnd(LONG)).isTrue();
        assertThat(received.outcome().ending()).isEqualTo(Ending.ANSWERED);
        assertThat(received.outcome().at()).isGreaterThanOrEqualTo(received.at());
        assertThat(received.tokensSent()).isEqualTo(3);
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.path()).isEqualTo("/v1/chat/completions");
        assertThat(received.query()).isEqualTo("beta=true");
        assertThat(received.key()).isEqualTo("sim-key");
        assertThat(received.headers().get("x-twice")).containsExactly("1", "2");
        assertThat(received.body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(received.json().path("user").asText()).isEqualTo("\u00e9");
    }

    @Test
    void counts_by_model_also_where_the_model_is_in_the_path() throws Exception {
        SimulatedRequestCase.OPENAI.send(provider, false);
        SimulatedRequestCase.GEMINI.send(provider, false);
        SimulatedRequestCase.post(provider, "/v1beta/models/other%2Fmodel:generateContent", "{}");
        SimulatedRequestCase.get(provider, "/v1/models");

        assertThat(provider.count()).isEqualTo(4);
        assertThat(provider.count("sim")).isEqualTo(2);
        assertThat(provider.count("other/model")).isEqualTo(1);
    }

    @Test
    void a_model_with_a_broken_escape_is_not_found() throws Exception {
        try (RawHttpClient client =
                RawHttpClient.connect(provider.port()).post("/v1beta/models/a%zz:generateContent", "{}")) {
            assertThat(client.readTo("}}")).startsWith("HTTP/1.1 404 Not Found");
        }
    }

    @Test
    void keeps_only_the_newest_requests_and_counts_all() throws Exception {
        provider.keep(1);
        SimulatedRequestCase.OPENAI.send(provider, false);
        SimulatedRequestCase.ANTHROPIC.send(provider, false);

        assertThat(provider.received())
                .singleElement()
                .extracting(RecordedRequest::path)
                .isEqualTo("/v1/messages");
        assertThat(provider.count()).isEqualTo(2);
    }

    @Test
    void a_connection_serves_one_request_after_the_other() throws Exception {
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            client.readTo("\"default\"}");
            client.post(SimulatedRequestCase.OPENAI.path(true), SimulatedRequestCase.OPENAI.body(true, ""))
                    .readTo("\r\n0\r\n\r\n");
            client.post(SimulatedRequestCase.OPENAI.path(false), SimulatedRequestCase.OPENAI.body(false, ""))
                    .readTo("\"default\"}");

            assertThat(provider.accepted()).isEqualTo(1);
            assertThat(provider.openConnections()).isEqualTo(1);
        }
        assertThat(provider.count()).isEqualTo(3);
        assertThat(provider.awaitConnections(0, LONG)).isTrue();
    }

    @Test
    void closes_the_connection_when_the_client_wishes() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(provider.port())) {
            client.write("GET /v1/models HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("]}");
        }
    }

    @Test
    void reads_chunked_requests_with_extensions_and_trailers() throws Exception {
        String body = SimulatedRequestCase.OPENAI.body(false, "");
        try (RawHttpClient client = RawHttpClient.connect(provider.port())) {
            client.write(
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: lab\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\n{\r\n"
                            + Integer.toHexString(body.length() - 1).toUpperCase() + "\r\n" + body.substring(1)
                            + "\r\n0\r\nX-T: 1\r\n\r\n");
            client.readTo("\"default\"}");
        }
        assertThat(new String(provider.received().get(0).body(), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void a_client_that_asks_first_is_told_to_go_on() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(provider.port())) {
            client.write(
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: lab\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.readTo("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.write("{}").readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void a_request_that_comes_early_is_answered_next() throws Exception {
        provider.script().then(SimulatedFault.slowHeaders(Duration.ofMillis(50)));
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            client.post(SimulatedRequestCase.ANTHROPIC.path(false), SimulatedRequestCase.ANTHROPIC.body(false, ""));
            assertThat(client.readTo("\"default\"}")).contains("chatcmpl-sim-1");
            assertThat(client.readTo("}}")).contains("msg_sim_2");
        }
    }

    @Test
    void a_body_that_is_no_json_is_a_bad_request_and_takes_nothing_from_the_script() throws Exception {
        provider.script().then(SimulatedFault.status(500));

        assertThat(SimulatedRequestCase.post(provider, "/v1/chat/completions", "{")
                        .statusCode())
                .isEqualTo(400);
        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).statusCode())
                .isEqualTo(500);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void what_is_no_http_is_refused(BadBytes bytes) throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(provider.port())) {
            assertThat(client.write(bytes.text).readToEnd()).startsWith("HTTP/1.1 400 Bad Request\r\n");
        }
        assertThat(provider.count()).isZero();
    }

    enum BadBytes {
        NO_REQUEST_LINE("hello\r\n"),
        NO_HEADER("GET / HTTP/1.1\r\nnothing\r\n"),
        NO_LENGTH("POST / HTTP/1.1\r\nContent-Length: ten\r\n\r\n"),
        TOO_LONG("POST / HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n"),
        NO_CHUNK("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");

        private final String text;

        BadBytes(String text) {
            this.text = text;
        }
    }

    @Test
    void a_script_can_fail_one_model_and_spare_another() throws Exception {
        provider.script().forModel("sim").always(SimulatedFault.status(503));

        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).statusCode())
                .isEqualTo(503);
        assertThat(SimulatedRequestCase.post(provider, "/v1/chat/completions", "{\"model\":\"other\"}")
                        .statusCode())
                .isEqualTo(200);
    }
}
