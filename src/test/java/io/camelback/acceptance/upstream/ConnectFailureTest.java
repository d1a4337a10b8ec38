package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ShippedChain;
import io.camelback.testkit.TestCertificates;
import io.camelback.testkit.UnreachableEndpoints;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/failures.md, "Connections": providers to which there is no connection, or no good one. Anthropic's port is
 * closed, Google's drops who connects, OpenAI never answers a TLS handshake, Mistral's certificate is nobody's, and
 * DeepSeek is where the names say.
 */
class ConnectFailureTest {
    private static final UnreachableEndpoints DEAD = new UnreachableEndpoints();
    private static final SimulatedProvider MOVING = SimulatedProvider.start("moving");
    private static final AtomicInteger UNTRUSTED = new AtomicInteger();
    private static HttpsServer untrusted;

    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> GatewayTestCase.withoutRetries(config)
            .replace("connect: 1s, tls: 1s, first-token: 500ms", "connect: 400ms, tls: 1s, first-token: 3s")
            .replace(
                    "providers: {}",
                    "providers:\n"
                            + "  anthropic: { base-url: \"http://127.0.0.1:" + UnreachableEndpoints.closedPort()
                            + "\" }\n"
                            + "  gemini: { base-url: \"http://127.0.0.1:" + DEAD.droppingPort() + "\" }\n"
                            + "  openai: { base-url: \"https://127.0.0.1:" + DEAD.silentPort() + "/v1\" }\n"
                            + "  mistral: { base-url: \"https://localhost:" + untrustedPort() + "/v1\" }\n"
                            + "  deepseek: { base-url: \"http://moving.test:" + MOVING.port() + "/v1\" }\n"));

    private static int untrustedPort() {
        try {
            untrusted = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            untrusted.setHttpsConfigurator(
                    new HttpsConfigurator(TestCertificates.good().server()));
            untrusted.createContext("/", exchange -> UNTRUSTED.incrementAndGet());
            untrusted.start();
            return untrusted.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void warm() throws Exception {
        drill.ask("local-llama", true);
        // The first handshake of a JVM takes longer than any other.
        drill.ask("mistral-small", true);
        drill.ask("mistral-small", true);
    }

    @AfterAll
    static void stop() throws Exception {
        DEAD.close();
        untrusted.stop(0);
        MOVING.close();
    }

    @BeforeEach
    void well() {
        MOVING.script().clear();
        drill.gateway().names.set("moving.test", "127.0.0.1");
    }

    /** This link first, with {@code local-llama} behind it and nothing between. */
    private static HttpResponse<String> from(String link, boolean stream) throws Exception {
        drill.coolDown(ShippedChain.PREMIUM.links.stream()
                .filter(one -> !one.equals(link) && !one.equals("local-llama"))
                .toList());
        return drill.ask("premium", stream);
    }

    private static void assertNextAnswered(HttpResponse<String> response) throws Exception {
        assertThat(header(response, "x-camelback-model")).isEqualTo("local-llama");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(RunningGateway.text(response)).isEqualTo(drill.hello("local-llama"));
    }

    private static void assertFirstAnswered(HttpResponse<String> response) {
        assertThat(header(response, "x-camelback-model")).isEqualTo("deepseek");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(drill.failures("deepseek")).isZero();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void C01_a_closed_port(boolean stream) throws Exception {
        assertNextAnswered(from("claude-opus", stream));
        assertThat(drill.failures("claude-opus")).isEqualTo(1);
        drill.awaitLog("claude-opus connection refused", "local-llama ok");
    }

    @Test
    void C02_a_provider_that_drops_who_connects() throws Exception {
        for (int i = 1; i <= 5; i++) {
            assertNextAnswered(from("gemini-pro", i % 2 == 0));
            drill.awaitLog("gemini-pro connect timeout 4", "local-llama ok");
        }
        assertThat(drill.breaker("gemini-pro").getState()).isEqualTo(State.OPEN);
        for (int i = 6; i <= 10; i++) {
            HttpResponse<String> response = from("gemini-pro", i % 2 == 0);
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        }
        drill.awaitLog("gemini-pro breaker open", "local-llama ok");
    }

    @Test
    void C03_a_name_that_leads_nowhere_and_then_somewhere_again() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        drill.gateway().names.set("moving.test", host -> {
            throw new UnknownHostException(host);
        });
        assertNextAnswered(from("deepseek", true));
        drill.awaitLog("deepseek unknown host");
        drill.gateway().names.set("moving.test", host -> {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });
        assertNextAnswered(from("deepseek", false));
        drill.awaitLog("deepseek connect timeout 4");
        assertThat(drill.failures("deepseek")).isEqualTo(2);

        drill.gateway().names.set("moving.test", "127.0.0.1");
        silence.countDown();
        GatewayTestCase.soon("the first answer after the repair")
                .until(() -> "deepseek".equals(header(from("deepseek", true), "x-camelback-model")));
    }

    @Test
    void C04_the_second_address_within_the_same_attempt() throws Exception {
        drill.gateway().names.set("moving.test", "127.0.0.2", "127.0.0.1");

        assertFirstAnswered(from("deepseek", true));
    }

    @Test
    void C04_also_when_the_first_one_drops_who_connects() throws Exception {
        try (UnreachableEndpoints here = new UnreachableEndpoints()) {
            here.dropping("127.0.0.3", MOVING.port());
            drill.gateway().names.set("moving.test", "127.0.0.3", "127.0.0.1");

            assertFirstAnswered(from("deepseek", false));
        }
    }

    @Test
    void C05_a_provider_that_moves_is_followed() throws Exception {
        AtomicInteger there = new AtomicInteger();
        HttpServer moved = HttpServer.create(new InetSocketAddress("127.0.0.4", MOVING.port()), 0);
        moved.createContext("/", exchange -> {
            byte[] answer =
                    ("{\"id\":\"a\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                                    + "\"message\":{\"role\":\"assistant\",\"content\":\"Moved.\"},\"finish_reason\":\"stop\"}]}")
                            .getBytes(StandardCharsets.UTF_8);
            there.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        moved.start();
        try {
            assertFirstAnswered(from("deepseek", false));
            drill.gateway().names.set("moving.test", "127.0.0.4");
            MOVING.dropConnections();

            for (int i = 0; i < 5; i++) {
                assertFirstAnswered(from("deepseek", i % 2 == 0));
            }
            assertThat(there).hasValue(5);
        } finally {
            moved.stop(0);
        }
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void C06_a_certificate_that_nobody_vouches_for(boolean stream) throws Exception {
        assertNextAnswered(from("mistral-small", stream));

        assertThat(UNTRUSTED).as("requests that reached it").hasValue(0);
        assertThat(drill.failures("mistral-small")).isEqualTo(1);
        drill.awaitLog("tls_untrusted", "localhost", "mistral-small");
    }

    @Test
    void C07_a_handshake_that_is_never_answered() throws Exception {
        assertNextAnswered(from("gpt", true));

        drill.awaitLog("gpt no TLS handshake in time 1", "local-llama ok");
        assertThat(drill.failures("gpt")).isEqualTo(1);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void C08_a_pooled_connection_that_is_dead_is_replaced_without_a_word(boolean stream) throws Exception {
        assertFirstAnswered(from("deepseek", stream));
        int before = MOVING.accepted();
        MOVING.script().then(SimulatedFault.resetBeforeHeaders());

        assertFirstAnswered(from("deepseek", stream));

        assertThat(MOVING.accepted()).as("one new connection").isEqualTo(before + 1);
        drill.awaitLog("deepseek ok, resent");
        drill.awaitRow(
                "SELECT COUNT(*) FROM camelback_attempt WHERE deployment = 'deepseek' AND outcome = 'answered' AND resent = 1"
                        + " AND request_id = '" + drill.record().id() + "'");
        assertThat(drill.breaker("deepseek").getMetrics().getNumberOfSuccessfulCalls())
                .isEqualTo(2);
    }

    @Test
    void C08_a_second_reset_is_a_failure() throws Exception {
        assertFirstAnswered(from("deepseek", true));
        MOVING.script().times(2, SimulatedFault.resetBeforeHeaders());

        assertNextAnswered(from("deepseek", true));

        assertThat(drill.failures("deepseek")).isEqualTo(1);
        drill.awaitLog("deepseek connection reset", "local-llama ok");
    }

    @Test
    void C08_a_reset_on_a_new_connection_is_one_at_once() throws Exception {
        int before = MOVING.count();
        MOVING.script().then(SimulatedFault.resetBeforeHeaders());

        assertNextAnswered(from("deepseek", true));

        assertThat(MOVING.count()).isEqualTo(before + 1);
        assertThat(drill.failures("deepseek")).isEqualTo(1);
    }
}
