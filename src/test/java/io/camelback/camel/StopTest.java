package io.camelback.camel;

import static io.camelback.camel.RunningGateway.chat;
import static io.camelback.camel.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.dialect.Json;
import io.camelback.lab.Completion;
import io.camelback.lab.Fault;
import io.camelback.lab.Received;
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

/** The gateway is told to stop while it works. */
class StopTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void what_runs_may_finish_and_nothing_new_begins(@TempDir Path folder) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            gateway.lab.anthropic().answer(Completion.words(40).delay(Duration.ofMillis(40)));
            CompletableFuture<HttpResponse<String>> plain = gateway.client().sendAsync(
                    gateway.request("/v1/chat/completions", chat("premium", false)), HttpResponse.BodyHandlers.ofString());
            HttpResponse<InputStream> stream = gateway.client().send(
                    gateway.request("/v1/chat/completions", chat("premium", true)), HttpResponse.BodyHandlers.ofInputStream());
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
            assertThat(String.join("\n", rest)).contains("word40", "\"finish_reason\":\"stop\"").doesNotContain("error");
            assertThat(rest).contains("data: [DONE]");
            assertThat(plain.get(5, TimeUnit.SECONDS).body()).contains("word1 ", "word40");
            stopping.get(5, TimeUnit.SECONDS);
            assertThat(gateway.lab.anthropic().received()).extracting(received -> received.outcome().ending())
                    .containsOnly(Received.Ending.ANSWERED);
        }
    }

    @Test
    void what_does_not_finish_in_time_is_broken_off(@TempDir Path folder) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, config -> config
                .replace("stop-grace: 30s", "stop-grace: 300ms").replace("first-token: 500ms, idle: 500ms, total: 5s", "first-token: 60s, idle: 60s, total: 60s"))) {
            gateway.lab.anthropic().script().always(Fault.stallAfter(3));
            HttpResponse<InputStream> stream = gateway.client().send(
                    gateway.request("/v1/chat/completions", chat("premium", true)), HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith("data: {");

            CompletableFuture.runAsync(gateway.standalone::close).get(10, TimeUnit.SECONDS);

            assertThat(gateway.lab.anthropic().awaitClientGone(1, SOON)).as("the provider was left").isTrue();
        }
    }
}
