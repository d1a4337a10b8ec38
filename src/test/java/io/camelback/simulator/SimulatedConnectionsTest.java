package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.RecordedRequest.Ending;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.RawHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections of clients who leave, of a provider that closes and comes back, and a thousand at once. */
@Timeout(60)
class SimulatedConnectionsTest extends SimulatedProviderTestBase {
    /** What the provider is doing when its client leaves. */
    enum Waiting {
        SILENCE(SimulatedFault.silence()),
        SLOW_HEADERS(SimulatedFault.slowHeaders(Duration.ofHours(1))),
        SLOW_FIRST_TOKEN(SimulatedFault.slowFirstToken(Duration.ofHours(1))),
        PINGS(SimulatedFault.pingsBeforeFirstToken(Duration.ofHours(1), Duration.ofMinutes(1))),
        STALL(SimulatedFault.stallAfter(1)),
        SLOW_TOKENS(SimulatedFault.ok(SimulatedCompletion.hello().delay(Duration.ofHours(1)))),
        DONE(SimulatedFault.lingerAfterDone());

        private final SimulatedFault fault;

        Waiting(SimulatedFault fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_client_that_closes_is_noticed_at_once(Waiting waiting) throws Exception {
        noticed(waiting, client -> {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_client_that_breaks_off_is_noticed_at_once(Waiting waiting) throws Exception {
        noticed(waiting, client -> {
            try {
                client.breakOff();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void noticed(Waiting waiting, Consumer<RawHttpClient> leave) throws Exception {
        provider.script().then(waiting.fault);
        RawHttpClient client = SimulatedRequestCase.ANTHROPIC.raw(provider, true);
        assertThat(provider.awaitCount(1, LONG)).isTrue();
        RecordedRequest received = provider.received().get(0);
        assertThat(received.clientGone()).isFalse();

        long left = System.nanoTime();
        leave.accept(client);

        assertThat(provider.awaitClientGone(1, LONG)).isTrue();
        assertThat(Duration.ofNanos(received.outcome().at() - left)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
        assertThat(provider.awaitConnections(0, LONG)).isTrue();
    }

    @Test
    void a_client_that_leaves_while_tokens_flow_is_noticed() throws Exception {
        provider.answer(SimulatedCompletion.words(100_000));
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            client.readTo("word3");
        }
        RecordedRequest received = provider.received().get(0);

        assertThat(received.awaitEnd(LONG)).isTrue();
        assertThat(received.clientGone()).isTrue();
        assertThat(received.tokensSent()).isBetween(3, 99_999);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void closing_ends_whatever_waits(Waiting waiting) throws Exception {
        provider.script().then(waiting.fault);
        try (RawHttpClient client = SimulatedRequestCase.ANTHROPIC.raw(provider, true)) {
            assertThat(provider.awaitCount(1, LONG)).isTrue();

            provider.close();

            client.readToEnd();
            assertThat(provider.received().get(0).outcome().ending()).isEqualTo(Ending.STOPPED);
            assertThat(provider.openConnections()).isZero();
        }
        assertThatThrownBy(() -> RawHttpClient.connect(provider.port())).isInstanceOf(ConnectException.class);
    }

    @Test
    void closing_twice_is_closing_once() {
        provider.close();
        provider.close();

        assertThat(provider.openConnections()).isZero();
    }

    @Test
    void all_connections_can_be_dropped_and_new_ones_made() throws Exception {
        provider.script().then(SimulatedFault.silence());
        try (RawHttpClient busy = SimulatedRequestCase.OPENAI.raw(provider, false);
                RawHttpClient idle = RawHttpClient.connect(provider.port())) {
            assertThat(provider.awaitCount(1, LONG)).isTrue();
            assertThat(provider.awaitConnections(2, LONG)).isTrue();

            provider.dropConnections();

            assertThat(busy.readToReset()).isEmpty();
            assertThat(idle.readToReset()).isEmpty();
        }
        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).statusCode())
                .isEqualTo(200);
    }

    @Test
    void can_come_back_on_its_port_but_not_share_it() throws Exception {
        assertThatThrownBy(() -> SimulatedProvider.start("second", provider.port()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot listen on 127.0.0.1:" + provider.port());
        provider.close();

        try (SimulatedProvider again = SimulatedProvider.start("again", provider.port())) {
            assertThat(SimulatedRequestCase.OPENAI.send(again, false).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void serves_a_thousand_connections_at_once() throws Exception {
        provider.script().times(1000, SimulatedFault.silence());
        List<RawHttpClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                clients.add(SimulatedRequestCase.OPENAI.raw(provider, true));
            }
            assertThat(provider.awaitCount(1000, LONG)).isTrue();
            assertThat(provider.openConnections()).isEqualTo(1000);
            assertThat(SimulatedRequestCase.OPENAI.send(provider, false).statusCode())
                    .isEqualTo(200);
        } finally {
            for (RawHttpClient client : clients) {
                client.close();
            }
        }
        assertThat(provider.awaitClientGone(1000, LONG)).isTrue();
    }

    @Test
    void two_hundred_streams_flow_side_by_side() throws Exception {
        provider.answer(SimulatedCompletion.words(20).delay(Duration.ofMillis(5)));
        List<RawHttpClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                clients.add(SimulatedRequestCase.OPENAI.raw(provider, true));
            }
            for (RawHttpClient client : clients) {
                assertThat(client.readTo("\r\n0\r\n\r\n")).contains("word20").contains("data: [DONE]");
            }
        } finally {
            for (RawHttpClient client : clients) {
                client.close();
            }
        }
        assertThat(provider.awaitConnections(0, LONG)).isTrue();
        assertThat(provider.received())
                .extracting(received -> Map.entry(received.outcome().ending(), received.tokensSent()))
                .containsOnly(Map.entry(Ending.ANSWERED, 20))
                .hasSize(200);
    }
}
