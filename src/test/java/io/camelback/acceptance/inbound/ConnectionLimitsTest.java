package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many connections a port takes, and how long one may be idle. */
class ConnectionLimitsTest {
    @TempDir
    Path folder;

    @Test
    void an_idle_connection_is_closed_and_one_that_streams_is_not() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                folder,
                config -> GatewayTestCase.patient(config, Duration.ofSeconds(30))
                        .replace("keep-alive: 75s", "keep-alive: 200ms"))) {
            gateway.lab.anthropic().answer(SimulatedCompletion.words(30).delay(Duration.ofMillis(40)));
            HttpResponse<InputStream> stream = gateway.client()
                    .send(
                            gateway.request("/v1/chat/completions", RunningGateway.chat("premium", true)),
                            HttpResponse.BodyHandlers.ofInputStream());
            for (int port : new int[] {gateway.standalone.port(), gateway.standalone.managementPort()}) {
                try (RawHttpClient idle = RawHttpClient.connect(port)) {
                    String path = port == gateway.standalone.port() ? "/v1/models" : "/observe/health/live";
                    assertThat(idle.get(path)).startsWith("HTTP/1.1 200 ");
                    assertThat(idle.get(path)).as("a second request on it").startsWith("HTTP/1.1 200 ");
                    assertThat(idle.awaitClosed()).isTrue();
                }
            }
            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("word30");
        }
    }

    @Test
    void who_comes_when_all_connections_are_taken_is_told_and_the_management_port_is_not_concerned() throws Exception {
        List<RawHttpClient> open = new ArrayList<>();
        try (RunningGateway gateway = RunningGateway.start(
                folder, config -> config.replace("max-connections: 10_000", "max-connections: 3"))) {
            int port = gateway.standalone.port();
            for (int i = 0; i < 3; i++) {
                open.add(RawHttpClient.connect(port));
                assertThat(open.get(i).get("/v1/models")).startsWith("HTTP/1.1 200 ");
            }
            try (RawHttpClient more = RawHttpClient.connect(port)) {
                String refused = more.get("/v1/models");
                assertThat(refused)
                        .startsWith("HTTP/1.1 503 ")
                        .contains("too_many_connections", "server.max-connections")
                        .containsIgnoringCase("retry-after: 1\r\n")
                        .containsIgnoringCase("connection: close");
                assertThat(more.awaitClosed()).isTrue();
            }
            assertThat(gateway.get(gateway.management("/observe/health/ready")).statusCode())
                    .isEqualTo(200);

            open.remove(0).close();
            await().atMost(GatewayTestCase.SOON).until(() -> {
                try (RawHttpClient next = RawHttpClient.connect(port)) {
                    return next.get("/v1/models").startsWith("HTTP/1.1 200 ");
                }
            });
        } finally {
            for (RawHttpClient one : open) {
                one.close();
            }
        }
    }

    @Test
    void far_beyond_the_limit_connections_are_closed_at_once() throws Exception {
        List<RawHttpClient> open = new ArrayList<>();
        try (RunningGateway gateway = RunningGateway.start(
                folder, config -> config.replace("max-connections: 10_000", "max-connections: 1"))) {
            for (int i = 0; i < 257; i++) {
                open.add(RawHttpClient.connect(gateway.standalone.port()));
            }
            try (RawHttpClient more = RawHttpClient.connect(gateway.standalone.port())) {
                assertThat(more.awaitClosed()).isTrue();
            }
        } finally {
            for (RawHttpClient one : open) {
                one.close();
            }
        }
    }
}
