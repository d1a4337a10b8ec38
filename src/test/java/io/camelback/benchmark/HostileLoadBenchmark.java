package io.camelback.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.benchmark.HostileProviders.Kind;
import io.camelback.testkit.GatewayProcess;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway with 256 MiB of heap before 100 hostile providers and 100 hostile callers, all at once, for a quarter of a
 * minute: whoever else asks is served, nothing runs out of memory, and afterwards nothing is left of it. {@code mvn
 * -Phostile-load verify}.
 */
class HostileLoadBenchmark {
    private static final int PROVIDERS = 100;
    private static final int CALLERS = 100;
    private static final Duration LOAD = Duration.ofSeconds(15);
    private static final long MEBIBYTE = 1 << 20;
    private static final String POST =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger hostile = new AtomicInteger();
    private volatile boolean over;

    @Test
    void others_are_served_and_the_heap_holds(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (HostileProviders providers = HostileProviders.start();
                GatewayProcess gateway =
                        GatewayProcess.start(home(folder, providers), "256m", Map.of("GOOD_API_KEY", "k"))) {
            int port = gateway.port();
            assertThat(ask(port, "good", false)).contains(HostileProviders.GOOD);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < PROVIDERS; i++) {
                int number = i;
                threads.add(begin(() -> askHostile(port, number)));
            }
            for (int i = 0; i < CALLERS; i++) {
                HostileCaller caller = HostileCaller.values()[i % HostileCaller.values().length];
                threads.add(begin(() -> bother(port, caller)));
            }
            for (int i = 0; i < 4; i++) {
                boolean stream = i % 2 == 0;
                threads.add(begin(() -> askWell(port, stream)));
            }
            long largest = watch(gateway);
            over = true;
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(45).toMillis());
            }

            String log = Files.readString(folder.resolve("gateway.log"));
            assertThat(log.lines()
                            .filter(line -> line.contains("OutOfMemoryError"))
                            .limit(3))
                    .isEmpty();
            assertThat(log.lines()
                            .filter(line -> line.contains("failed inside the gateway"))
                            .limit(3))
                    .isEmpty();
            assertThat(wrong).as("what those were told who asked well").isEmpty();
            assertThat(served.get()).as("requests that were served meanwhile").isGreaterThan(20);
            assertThat(hostile.get()).as("hostile requests that came to an end").isGreaterThan(PROVIDERS);
            assertThat(largest / MEBIBYTE).as("MiB resident").isLessThan(640);
            Awaitility.await("requests in flight and memory")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(gateway.inFlight()).isEqualTo("0 calls, 0 bytes"));
            assertThat(ask(port, "good", true)).contains(HostileProviders.GOOD);
            assertThat(gateway.heap() / MEBIBYTE).as("MiB of heap afterwards").isLessThan(100);
        }
    }

    private static long watch(GatewayProcess gateway) throws IOException {
        long largest = 0;
        for (long end = System.nanoTime() + LOAD.toNanos(); System.nanoTime() < end; ) {
            largest = Math.max(largest, gateway.resident());
            LockSupport.parkNanos(200_000_000);
        }
        return largest;
    }

    private static Thread begin(Runnable task) {
        Thread thread = new Thread(task, "hostile-load");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Path home(Path folder, HostileProviders providers) throws IOException {
        StringBuilder names = new StringBuilder("providers:\n  good: { base-url: \"" + providers.url(Kind.GOOD)
                + "\", api-key: \"{{env:GOOD_API_KEY}}\" }\n");
        StringBuilder models = new StringBuilder(
                "deployments:\n  good: { provider: good, model: m, timeouts: { first-token: 30s, total: 40s } }\n");
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < PROVIDERS; i++) {
            names.append("  p")
                    .append(i)
                    .append(": { base-url: \"")
                    .append(providers.url(Kind.hostile(i)))
                    .append("\", api-key: \"{{env:GOOD_API_KEY}}\" }\n");
            models.append("  h").append(i).append(": { provider: p").append(i).append(", model: m }\n");
            routes.append(("""
                    - route:
                        id: c%1$d
                        from:
                          uri: direct:c%1$d
                          steps:
                            - circuitBreaker:
                                resilience4jConfiguration: { circuitBreaker: h%1$d }
                                steps:
                                  - to: kamelet:openai-chat-action/h%1$d
                                onFallback:
                                  steps:
                                    - circuitBreaker:
                                        resilience4jConfiguration: { circuitBreaker: good }
                                        steps:
                                          - to: kamelet:openai-chat-action/good
                    """).formatted(i));
        }
        RunningGateway.copyHome(
                folder,
                config -> config.replaceAll("(?m)^    timeouts: .*\\R", "")
                        .replaceFirst("(?m)^providers: \\{}\\R", names.toString())
                        .replaceFirst("(?m)^deployments:\\R", models.toString())
                        .replaceFirst(
                                "timeouts: \\{ connect.*}",
                                "timeouts: { connect: 3s, first-token: 5s, idle: 5s, total: 10s }")
                        .replaceFirst("retry: \\{ attempts: 2", "retry: { attempts: 0")
                        .replaceFirst("breaker: \\{ failures: 5", "breaker: { failures: 1000"));
        Files.writeString(folder.resolve("routes/chains/hostile.camel.yaml"), routes.toString());
        return folder;
    }

    // Those who ask well

    private void askWell(int port, boolean stream) {
        while (!over) {
            try {
                String answer = ask(port, "good", stream);
                if (answer.contains(HostileProviders.GOOD)) {
                    served.incrementAndGet();
                } else {
                    wrong.add(answer);
                }
            } catch (IOException e) {
                wrong.add(e.toString());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private String ask(int port, String model, boolean stream, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(45))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + model + "\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (InputStream body = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            return new String(body.readNBytes(1 << 20), StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    // Those whose provider is hostile: collected, live and held back in turn

    private void askHostile(int port, int number) {
        for (int turn = 0; !over; turn++) {
            try {
                String model = (turn % 2 == 0 ? "c" : "h") + number;
                boolean stream = turn % 3 != 0;
                String[] headers = turn % 3 == 2 ? new String[] {"x-camelback-commit", "full"} : new String[0];
                ask(port, model, stream, headers);
                hostile.incrementAndGet();
            } catch (IOException e) {
                hostile.incrementAndGet();
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    // Those who are hostile themselves

    private enum HostileCaller {
        LARGE_BODY,
        MANY_VALUES,
        SLOW_BODY,
        ENDLESS_HEADERS,
        READS_NOTHING
    }

    private void bother(int port, HostileCaller caller) {
        while (!over) {
            try (RawHttpClient client = RawHttpClient.connect(port)) {
                bother(client, caller);
            } catch (IOException refused) {
                hostile.incrementAndGet();
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    private void bother(RawHttpClient client, HostileCaller caller) throws IOException {
        OutputStream out = client.out();
        String begin = "{\"model\":\"good\",\"messages\":[{\"role\":\"user\",\"content\":\"";
        switch (caller) {
            case LARGE_BODY -> repeat(out, POST + length(31 * MEBIBYTE) + begin, "0123456789abcdef", 31 * MEBIBYTE, 0);
            case MANY_VALUES ->
                repeat(
                        out,
                        POST + length(31 * MEBIBYTE) + "{\"model\":\"good\",\"messages\":[",
                        "{},",
                        31 * MEBIBYTE,
                        0);
            case SLOW_BODY ->
                repeat(out, POST + length(31 * MEBIBYTE) + begin, "0123456789abcdef", 31 * MEBIBYTE, 20_000_000);
            case ENDLESS_HEADERS -> repeat(out, POST, "X-Header: 0123456789abcdef\r\n", 31 * MEBIBYTE, 0);
            case READS_NOTHING -> {
                String body =
                        "{\"model\":\"h0\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
                out.write((POST + length(body.length()) + body).getBytes(StandardCharsets.US_ASCII));
                long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
                while (!over && System.nanoTime() < end) {
                    LockSupport.parkNanos(100_000_000);
                }
                return;
            }
        }
        client.in().readNBytes(64);
        hostile.incrementAndGet();
    }

    private static String length(long bytes) {
        return "Content-Length: " + bytes + "\r\n\r\n";
    }

    private void repeat(OutputStream out, String begin, String piece, long most, long pause) throws IOException {
        out.write(begin.getBytes(StandardCharsets.US_ASCII));
        byte[] pieces = piece.repeat(16_384 / piece.length()).getBytes(StandardCharsets.US_ASCII);
        for (long sent = 0; sent < most && !over; sent += pieces.length) {
            out.write(pieces);
            LockSupport.parkNanos(Math.max(pause, 16_000_000));
        }
    }
}
