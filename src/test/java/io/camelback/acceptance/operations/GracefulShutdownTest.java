package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.TruncatedResponse;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway is told to stop while it works. What becomes of streams that do not finish is in {@link StopGraceTest}.
 */
class GracefulShutdownTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void what_runs_may_finish_and_nothing_new_begins(@TempDir Path folder) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            gateway.lab.anthropic().answer(SimulatedCompletion.words(40).delay(Duration.ofMillis(40)));
            CompletableFuture<HttpResponse<String>> plain = gateway.client()
                    .sendAsync(
                            gateway.request("/v1/chat/completions", chat("premium", false)),
                            HttpResponse.BodyHandlers.ofString());
            HttpResponse<InputStream> stream = gateway.client()
                    .send(
                            gateway.request("/v1/chat/completions", chat("premium", true)),
                            HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith("data: {");

            CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway.standalone::close);
            await().atMost(SOON).until(() -> gateway.ask("premium", false).statusCode() != 200);
            HttpResponse<String> refused = gateway.ask("premium", false);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(Json.read(refused.body()).at("/error/code").asText()).isEqualTo("shutting_down");
            assertThat(header(refused, "Retry-After")).isEqualTo("1");
            assertThat(header(refused, "x-camelback-request-id")).matches("req_[0-9a-f]{24}");
            assertThat(stopping).isNotDone();
            List<String> rest = lines.lines().toList();
            assertThat(String.join("\n", rest))
                    .contains("word40", "\"finish_reason\":\"stop\"")
                    .doesNotContain("error");
            assertThat(rest).contains("data: [DONE]");
            assertThat(plain.get(5, TimeUnit.SECONDS).body()).contains("word1 ", "word40");
            stopping.get(5, TimeUnit.SECONDS);
            assertThat(gateway.lab.anthropic().received())
                    .extracting(received -> received.outcome().ending())
                    .containsOnly(RecordedRequest.Ending.ANSWERED);
        }
    }

    @Test
    void readiness_goes_first_and_requests_are_served_until_the_delay_is_over(@TempDir Path folder) throws Exception {
        try (RunningGateway gateway =
                RunningGateway.start(folder, config -> config.replace("stop-delay: 5s", "stop-delay: 1h"))) {
            assertThat(status(gateway, "/ready")).isEqualTo(200);
            String before = ask(gateway);
            assertThat(before).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("connection: close");

            gateway.standalone.requestStop(true);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway.standalone::close);
            await().atMost(SOON).until(() -> status(gateway, "/ready") == 503);

            assertThat(status(gateway, "/live")).isEqualTo(200);
            assertThat(status(gateway, "/startup")).isEqualTo(200);
            HttpResponse<String> health = gateway.get(gateway.management("/observe/health?data=true"));
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("stopping");
            for (int i = 0; i < 3; i++) {
                assertThat(ask(gateway)).startsWith("HTTP/1.1 200 ").containsIgnoringCase("connection: close");
            }
            assertThat(stopping).isNotDone();

            gateway.standalone.requestStop(true);
            stopping.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_second_signal_skips_what_remains_of_the_grace(@TempDir Path folder) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                folder,
                config -> GatewayTestCase.patient(config, Duration.ofSeconds(60))
                        .replace("stop-grace: 30s", "stop-grace: 1h"))) {
            gateway.lab.anthropic().script().always(SimulatedFault.stallAfter(3));
            CompletableFuture<String> stream = TruncatedResponse.read(gateway.client()
                    .send(
                            gateway.request("/v1/chat/completions", chat("premium", true)),
                            HttpResponse.BodyHandlers.ofPublisher()));
            gateway.standalone.requestStop(false);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway.standalone::close);
            await().atMost(SOON).until(() -> gateway.ask("premium", false).statusCode() == 503);
            assertThat(stopping).isNotDone();

            gateway.standalone.requestStop(false);

            stopping.get(10, TimeUnit.SECONDS);
            assertThat(stream.get(10, TimeUnit.SECONDS)).contains("shutting_down");
        }
    }

    @Test
    void a_stop_closes_connections_that_are_idle(@TempDir Path folder) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                folder,
                config -> GatewayTestCase.patient(config, Duration.ofSeconds(60))
                        .replace("stop-grace: 30s", "stop-grace: 1h"))) {
            try (RawHttpClient idle = RawHttpClient.connect(gateway.standalone.port())) {
                assertThat(idle.get("/v1/models")).startsWith("HTTP/1.1 200 ");
                gateway.lab.anthropic().script().always(SimulatedFault.stallAfter(3));
                gateway.client()
                        .send(
                                gateway.request("/v1/chat/completions", chat("premium", true)),
                                HttpResponse.BodyHandlers.ofInputStream());

                CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway.standalone::close);

                assertThat(idle.awaitClosed()).isTrue();
                assertThat(stopping).isNotDone();
                gateway.standalone.gateway().hasten();
                stopping.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static int status(RunningGateway gateway, String probe) throws Exception {
        return gateway.get(gateway.management("/observe/health" + probe)).statusCode();
    }

    /** On a connection of its own, which must not be asked to close. */
    private static String ask(RunningGateway gateway) throws Exception {
        try (RawHttpClient connection = RawHttpClient.connect(gateway.standalone.port())) {
            String answer = connection.get("/v1/models");
            if (answer.toLowerCase(java.util.Locale.ROOT).contains("connection: close")) {
                assertThat(connection.awaitClosed()).as("closed, as was said").isTrue();
            }
            return answer;
        }
    }
}
