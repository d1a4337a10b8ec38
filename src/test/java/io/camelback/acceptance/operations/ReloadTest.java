package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.RunningGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator saves a file while the gateway runs. */
class ReloadTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String PREMIUM = "routes/chains/premium.camel.yaml";
    private static final String CONFIG = "config/camelback.yaml";
    private RunningGateway gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        gateway = RunningGateway.start(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = gateway.home.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        assertThat(after).as("the edit of " + file).isNotEqualTo(before);
        Files.writeString(path, after);
    }

    private void awaitVersion(int version) {
        await("version " + version)
                .atMost(SOON)
                .until(() -> gateway.standalone.gateway().version() == version);
    }

    private static String swap(String chain) {
        return chain.replace("circuitBreaker: claude-opus", "circuitBreaker: gemini-pro-x")
                .replace("anthropic-chat-action/claude-opus", "gemini-chat-action/gemini-pro-x")
                .replace("circuitBreaker: gemini-pro }", "circuitBreaker: claude-opus }")
                .replace("gemini-chat-action/gemini-pro\n", "anthropic-chat-action/claude-opus\n")
                .replace("pro-x", "pro");
    }

    @Test
    void an_edited_chain_serves() throws Exception {
        assertThat(header(gateway.ask("premium", false), "x-camelback-model")).isEqualTo("claude-opus");

        edit(PREMIUM, ReloadTest::swap);

        awaitVersion(2);
        assertThat(header(gateway.ask("premium", false), "x-camelback-model")).isEqualTo("gemini-pro");
    }

    @Test
    void versions_that_are_over_are_forgotten() throws Exception {
        List<WeakReference<CamelContext>> over = new ArrayList<>();
        for (int version = 2; version <= 4; version++) {
            over.add(new WeakReference<>(gateway.standalone.gateway().serving().context()));
            edit(CONFIG, config -> config + "\n# another edit");
            awaitVersion(version);
        }

        await("their memory").atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc();
            assertThat(over).allMatch(context -> context.get() == null);
        });
    }

    @Test
    void an_edited_kamelet_serves() throws Exception {
        edit(
                "kamelets/anthropic-chat-action.kamelet.yaml",
                kamelet -> kamelet.replace(
                        "- setHeader: { name: anthropic-version",
                        "- setHeader: { name: anthropic-beta, constant: research }\n"
                                + "        - setHeader: { name: anthropic-version"));

        awaitVersion(2);
        gateway.ask("premium", false);
        List<RecordedRequest> all = gateway.lab.anthropic().received();
        assertThat(all.get(all.size() - 1).header("anthropic-beta")).isEqualTo("research");
    }

    @Test
    void a_new_provider_is_five_lines_and_a_link() throws Exception {
        String url = gateway.lab.compatible().url() + "/acme/v1";
        edit(
                CONFIG,
                config -> config.replace(
                                "providers: {}",
                                "providers:\n  acme:\n    base-url: " + url + "\n    api-key: sim-acme")
                        .replaceFirst(
                                "(?m)^deployments:\\R",
                                "deployments:\n  acme-large: { provider: acme, model: acme-large-1 }\n"));
        edit(
                PREMIUM,
                chain -> chain.replace("circuitBreaker: claude-opus", "circuitBreaker: acme-large")
                        .replace("anthropic-chat-action/claude-opus", "openai-chat-action/acme-large"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(header(gateway.ask("premium", false), "x-camelback-model"))
                        .isEqualTo("acme-large"));
        RecordedRequest received = gateway.lab.compatible().received().get(0);
        assertThat(received.path()).isEqualTo("/acme/v1/chat/completions");
        assertThat(received.key()).isEqualTo("sim-acme");
        assertThat(received.model()).isEqualTo("acme-large-1");
        assertThat(text(gateway.ask("acme-large", true))).isEqualTo("Hello from acme-large-1.");
    }

    @Test
    void a_rotated_key_is_used_by_the_next_request() throws Exception {
        edit(CONFIG, config -> config.replace("providers: {}", "providers:\n  anthropic: { api-key: rotated-key }"));

        awaitVersion(2);
        gateway.ask("premium", false);
        assertThat(gateway.lab.anthropic().received())
                .extracting(RecordedRequest::key)
                .containsExactly("rotated-key");
    }

    @Test
    void a_stream_under_way_finishes_on_its_old_version() throws Exception {
        gateway.lab.anthropic().answer(SimulatedCompletion.words(60).delay(Duration.ofMillis(40)));
        HttpResponse<InputStream> response = gateway.client()
                .send(
                        gateway.request("/v1/chat/completions", chat("premium", true)),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("data: {");

            edit(PREMIUM, ReloadTest::swap);
            awaitVersion(2);
            assertThat(header(gateway.ask("premium", false), "x-camelback-model"))
                    .isEqualTo("gemini-pro");

            assertThat(gateway.lab.anthropic().received().get(0).outcome())
                    .as("the stream is still being written")
                    .isNull();
            List<String> rest = lines.lines().toList();
            assertThat(String.join("\n", rest))
                    .contains("word60")
                    .contains("\"finish_reason\":\"stop\"")
                    .doesNotContain("error");
            assertThat(rest).contains("data: [DONE]");
        }
    }

    @Test
    void no_request_fails_during_five_reloads() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (boolean stream : new boolean[] {false, true, false, true}) {
            callers.add(CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    try {
                        HttpResponse<String> response = gateway.ask("premium", stream);
                        if (response.statusCode() != 200 || !text(response).startsWith("Hello from ")) {
                            failures.add(response.statusCode() + " " + response.body());
                        }
                        answered.incrementAndGet();
                    } catch (IOException | InterruptedException e) {
                        failures.add(e.toString());
                    }
                }
            }));
        }
        for (int version = 2; version <= 6; version++) {
            int before = answered.get();
            await().atMost(SOON).until(() -> answered.get() > before + 20);
            edit(PREMIUM, ReloadTest::swap);
            awaitVersion(version);
        }
        done.set(true);
        callers.forEach(CompletableFuture::join);

        assertThat(failures).isEmpty();
        assertThat(answered.get()).isGreaterThan(100);
    }
}
