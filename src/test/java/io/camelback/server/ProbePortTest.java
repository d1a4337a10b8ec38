package io.camelback.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.management.ManagementAuthorizer;
import io.camelback.server.reload.BundleHealthCheck;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may ask the ports beside the API's, and what. One gateway with a management token, a probe port, and one key that
 * is missing.
 */
class ProbePortTest {
    private static final String TOKEN = "a-token";
    private static final String AUTHORIZED = "Authorization: Bearer " + TOKEN + "\r\n";

    @TempDir
    static Path home;

    private static GatewayServer gateway;

    @BeforeAll
    static void start() throws Exception {
        RunningGateway.copyHome(home);
        Map<String, String> environment = Map.of(ManagementAuthorizer.TOKEN, TOKEN);
        gateway = GatewayServer.start(
                home,
                new ListenAddresses("127.0.0.1", 0, "127.0.0.1", 0, "127.0.0.1", 0),
                environment::get,
                GatewayRuntime.create(Clock.systemUTC()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest(name = "{0} by any name: {1}")
    @CsvSource({
        "/live, 200",
        "/ready, 200",
        "/startup, 200",
        "/, 404",
        "/observe/health, 404",
        "/observe/metrics, 404",
        "/live/, 404"
    })
    void the_probe_port_asks_for_no_token_and_no_name(String path, int status) throws Exception {
        String answer = ask(gateway.probePort().orElseThrow(), "GET " + path, "Host: 10.1.2.3:8081\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("API_KEY", "ledger");
    }

    @Test
    void the_probe_port_only_tells() throws Exception {
        assertThat(ask(gateway.probePort().orElseThrow(), "POST /live", "Host: a\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405 ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/observe/health",
        "/observe/health?data=true",
        "/observe/health/ready",
        "/observe/health/live",
        "/observe/health/startup",
        "/observe/metrics",
        "/",
        "/api/state"
    })
    void with_a_token_the_management_port_tells_nothing_without_it(String path) throws Exception {
        String refused = ask(gateway.managementPort(), "GET " + path, "Host: localhost\r\n");
        assertThat(refused).startsWith("HTTP/1.1 401 ").doesNotContain("ANTHROPIC_API_KEY");
        assertThat(ask(gateway.managementPort(), "GET " + path, "Host: camelback.internal\r\n" + AUTHORIZED))
                .doesNotStartWith("HTTP/1.1 40");
    }

    @Test
    void with_the_token_health_names_the_keys_that_are_missing() throws Exception {
        assertThat(ask(gateway.managementPort(), "GET /observe/health?data=true", "Host: localhost\r\n" + AUTHORIZED))
                .contains("ANTHROPIC_API_KEY");
    }

    @Test
    void without_a_token_the_management_port_answers_to_this_machine_s_names_only(@TempDir Path other)
            throws Exception {
        RunningGateway.copyHome(other);
        Map<String, String> none = Map.of();
        try (GatewayServer open =
                GatewayServer.start(other, "127.0.0.1", 0, 0, none::get, GatewayRuntime.create(Clock.systemUTC()))) {
            for (String path : List.of("/observe/health", "/observe/metrics", "/observe/health/startup")) {
                assertThat(ask(open.managementPort(), "GET " + path, "Host: evil.example\r\n"))
                        .as(path)
                        .startsWith("HTTP/1.1 403 ");
                assertThat(ask(open.managementPort(), "GET " + path, "Host: localhost\r\n"))
                        .as(path)
                        .startsWith("HTTP/1.1 200 ");
            }
            assertThat(open.probePort()).isEmpty();
        }
    }

    @Test
    void two_hosts_are_a_bad_request_everywhere() throws Exception {
        String two = "Host: localhost\r\nHost: localhost\r\n" + AUTHORIZED;
        String api = ask(gateway.port(), "GET /v1/models", two);
        assertThat(api).startsWith("HTTP/1.1 400 ").contains("\"error\":", "more than one Host");
        assertThat(ask(gateway.managementPort(), "GET /observe/health", two)).startsWith("HTTP/1.1 400 ");
        assertThat(ask(gateway.probePort().orElseThrow(), "GET /live", two)).startsWith("HTTP/1.1 400 ");
        assertThat(ask(gateway.port(), "GET /v1/models", ""))
                .as("none, in HTTP/1.1")
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void the_management_port_is_not_opened_to_others_without_a_token(@TempDir Path other) throws Exception {
        RunningGateway.copyHome(other);
        Map<String, String> none = Map.of();
        try (GatewayRuntime runtime = GatewayRuntime.create(Clock.systemUTC())) {
            assertThatThrownBy(() -> GatewayServer.start(
                            other,
                            new ListenAddresses("127.0.0.1", 0, "0.0.0.0", 0, "127.0.0.1", null),
                            none::get,
                            runtime))
                    .isInstanceOf(InsecureBindException.class)
                    .hasMessageContaining("CAMELBACK_MANAGEMENT_TOKEN");
        }
    }

    @Test
    void before_the_gateway_is_loaded_it_is_alive_and_neither_started_nor_ready() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ProbeServer probes = ProbeServer.start(vertx, new BundleHealthCheck(), "127.0.0.1", 0)) {
            assertThat(ask(probes.port(), "GET /live", "Host: a\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("UP");
            assertThat(ask(probes.port(), "GET /startup", "Host: a\r\n"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("DOWN");
            assertThat(ask(probes.port(), "GET /ready", "Host: a\r\n"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("DOWN");
        } finally {
            vertx.close();
        }
    }

    private static String ask(int port, String line, String headers) throws Exception {
        try (RawHttpClient connection = RawHttpClient.connect(port)) {
            return connection.exchange(line + " HTTP/1.1\r\n" + headers + "\r\n");
        }
    }
}
