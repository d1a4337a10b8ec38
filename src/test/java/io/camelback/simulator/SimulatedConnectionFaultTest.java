package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.RecordedRequest.Ending;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.RawHttpClient;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, end or fall silent. */
class SimulatedConnectionFaultTest extends SimulatedProviderTestBase {
    @Test
    void reset_at_connect_breaks_the_connection_before_a_request() throws Exception {
        provider.script().then(SimulatedFault.resetAtConnect());
        try (RawHttpClient client = RawHttpClient.connect(provider.port())) {
            assertThat(client.readToReset()).isEmpty();
        }
        assertThat(provider.accepted()).isEqualTo(1);
        assertThat(provider.count()).isZero();
    }

    @Test
    void reset_before_headers_breaks_the_connection_after_the_request() throws Exception {
        provider.script().then(SimulatedFault.resetBeforeHeaders());
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readToReset()).isEmpty();
        }
        assertThat(ending()).isEqualTo(Ending.CUT);
    }

    @Test
    void a_kept_alive_connection_can_be_reset_on_its_second_request() throws Exception {
        provider.script().then(SimulatedFault.ok(), SimulatedFault.resetBeforeHeaders());
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readTo("\"default\"}")).startsWith("HTTP/1.1 200 OK");
            client.post(SimulatedRequestCase.OPENAI.path(false), SimulatedRequestCase.OPENAI.body(false, ""));
            assertThat(client.readToReset()).isEmpty();
        }
    }

    @Test
    void close_before_headers_ends_the_connection_in_order() throws Exception {
        provider.script().then(SimulatedFault.closeBeforeHeaders());
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest(name = "stream: {0}")
    @ValueSource(booleans = {false, true})
    void silence_says_nothing_until_the_client_leaves(boolean stream) throws Exception {
        provider.script().then(SimulatedFault.silence());
        RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, stream);
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
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
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
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
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
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            assertThat(client.readTo("\"content\":")).contains("Content-Length:");
        }
        assertThat(ending()).isEqualTo(Ending.CLIENT_GONE);
    }

    @Test
    void a_stream_that_is_done_can_leave_its_connection_open() throws Exception {
        provider.script().then(SimulatedFault.lingerAfterDone());
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            client.readTo("data: [DONE]\n\n\r\n");
            assertThat(provider.received().get(0).outcome()).isNull();
        }
        assertThat(ending()).isEqualTo(Ending.CLIENT_GONE);
    }

    private Ending ending() throws InterruptedException {
        assertThat(provider.awaitCount(1, LONG)).isTrue();
        RecordedRequest received = provider.received().get(0);
        assertThat(received.awaitEnd(LONG)).isTrue();
        return received.outcome().ending();
    }
}
