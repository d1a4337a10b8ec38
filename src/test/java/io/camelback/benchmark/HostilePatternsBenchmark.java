package io.camelback.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.benchmark.HostileProviders.Kind;
import io.camelback.json.Json;
import io.camelback.testkit.GatewayProcess;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What other callers wait beside callers whose patterns and schemas take for ever, compared with what they wait beside
 * as many callers whose schemas are usual ones: the 99th percentile is at most twice as long, and 50 ms. {@code mvn
 * -Phostile-load verify} prints both.
 */
class HostilePatternsBenchmark {
    private static final int CALLERS = 16;
    private static final int OTHERS = 4;
    private static final Duration LOAD = Duration.ofSeconds(15);
    private static final Duration WARM = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration ALLOWED = Duration.ofMillis(50);
    private static final List<String> PATTERNS = List.of(
            "^(a*)*\\1$", "^(?=(a+)+$)", "(a|a)*b", "((a{100}){100}){100}", "(x+x+)+y", "(.*)(.*)(.*)(.*)(.*)x");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @Test
    void others_wait_no_longer_than_beside_usual_schemas(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (HostileProviders providers = HostileProviders.start();
                GatewayProcess gateway =
                        GatewayProcess.start(home(folder, providers), "256m", Map.of("GOOD_API_KEY", "k"))) {
            int port = gateway.port();
            beside(port, WARM, HostilePatternsBenchmark::usual);
            List<Long> usual = beside(port, LOAD, HostilePatternsBenchmark::usual);
            List<Long> hostile = beside(port, LOAD, HostilePatternsBenchmark::hostile);

            System.out.println("beside usual schemas:   " + told(usual));
            System.out.println("beside hostile schemas: " + told(hostile));
            assertThat(wrong).isEmpty();
            assertThat(hostile).hasSizeGreaterThan(usual.size() / 2);
            assertThat(percentile(hostile, 99)).isLessThan(Math.max(2 * percentile(usual, 99), ALLOWED.toNanos()));
        }
    }

    private static String told(List<Long> nanos) {
        return "%d requests, p50 %.1f ms, p99 %.1f ms"
                .formatted(nanos.size(), percentile(nanos, 50) / 1e6, percentile(nanos, 99) / 1e6);
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() - 1) * percent / 100);
    }

    private static Path home(Path folder, HostileProviders providers) throws IOException {
        String models = "providers:\n  good: { base-url: \"" + providers.url(Kind.GOOD)
                + "\", api-key: \"{{env:GOOD_API_KEY}}\" }\n  letters: { base-url: \"" + providers.url(Kind.LETTERS)
                + "\", api-key: \"{{env:GOOD_API_KEY}}\" }\n";
        RunningGateway.copyHome(
                folder,
                config -> config.replaceFirst("(?m)^providers: \\{}\\R", models)
                        .replaceFirst(
                                "(?m)^deployments:\\R",
                                "deployments:\n  good: { provider: good, model: m }\n  letters: { provider: letters, model: m }\n")
                        .replaceFirst(
                                "(?m)^chains:\\R",
                                "chains:\n  checked: { quality: { json-schema: true, share: 100 } }\n"));
        Files.writeString(folder.resolve("routes/chains/checked.camel.yaml"), """
                - route:
                    id: checked
                    from:
                      uri: direct:checked
                      steps:
                        - circuitBreaker:
                            resilience4jConfiguration: { circuitBreaker: letters }
                            steps:
                              - to: kamelet:openai-chat-action/letters
                """);
        return folder;
    }

    /** @return what each request of the others took, in nanoseconds, the shortest first */
    private List<Long> beside(int port, Duration load, IntFunction<ObjectNode> schemas) throws InterruptedException {
        over = false;
        Queue<Long> took = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            threads.add(begin(() -> ask(port, asking("checked", schemas.apply(caller)), HostileProviders.LETTERS)));
        }
        for (int i = 0; i < OTHERS; i++) {
            threads.add(begin(() -> {
                long begun = System.nanoTime();
                ask(port, asking("good", null), HostileProviders.GOOD);
                took.add(System.nanoTime() - begun);
            }));
        }
        LockSupport.parkNanos(load.toNanos());
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return took.stream().sorted().toList();
    }

    /** Does it again and again, at most ten times a second. */
    private Thread begin(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    while (!over) {
                        long begun = System.nanoTime();
                        task.run();
                        LockSupport.parkNanos(begun + EVERY.toNanos() - System.nanoTime());
                    }
                },
                "hostile-patterns");
        thread.start();
        return thread;
    }

    private void ask(int port, String body, String answer) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(45))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            String got =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (!Json.read(got).at("/choices/0/message/content").asText().equals(answer)) {
                wrong.add(got);
            }
        } catch (IOException e) {
            wrong.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String asking(String model, ObjectNode schema) {
        ObjectNode body = Json.object().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", "Who?");
        if (schema != null) {
            body.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", "x")
                    .set("schema", schema);
        }
        return Json.text(body);
    }

    private static ObjectNode usual(int caller) {
        return Json.object().put("type", "string").put("pattern", "^[a-z]{1," + (100 + caller) + "}$");
    }

    private static ObjectNode hostile(int caller) {
        return caller % 4 == 0 ? doubling() : Json.object().put("pattern", PATTERNS.get(caller % PATTERNS.size()));
    }

    /** 2 to the 40 steps. */
    private static ObjectNode doubling() {
        ObjectNode schema = Json.object().put("$ref", "#/$defs/d0");
        ObjectNode definitions = schema.putObject("$defs");
        for (int i = 0; i < 40; i++) {
            ObjectNode next = Json.object().put("$ref", "#/$defs/d" + (i + 1));
            definitions.putObject("d" + i).putArray("allOf").add(next).add(next.deepCopy());
        }
        definitions.putObject("d40").put("type", "string");
        return schema;
    }
}
