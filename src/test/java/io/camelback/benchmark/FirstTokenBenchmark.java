package io.camelback.benchmark;

import io.camelback.testkit.GatewayProcess;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What the gateway adds to the time to the first token, as {@code mvn -Pfirst-token verify}: one caller asks again and
 * again, directly and through the gateway in turn, beside 1, 100 and 1,000 open streams through the gateway that get a
 * token every 50 ms each. The gateway has a JVM of its own; callers and provider share another. Every request has a new
 * connection.
 */
public final class FirstTokenBenchmark {
    private static final int WARM_UP = 6000;
    private static final int REQUESTS = Integer.getInteger("bench.requests", 1000);
    private static final long BETWEEN = 2_000_000;
    private static final int[] OPEN = Arrays.stream(
                    System.getProperty("bench.open", "1,100,1000").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();

    private FirstTokenBenchmark() {}

    public static void main(String[] none) throws Exception {
        Path home = RunningGateway.copyHome(
                Files.createTempDirectory("camelback-bench"),
                config -> config.replace("max-in-flight: 1000", "max-in-flight: 10000"));
        try (StreamingLoad provider = StreamingLoad.start();
                GatewayProcess gateway = GatewayProcess.start(
                        home,
                        "1g",
                        Map.of(
                                "DEEPSEEK_API_KEY",
                                "k",
                                "DEEPSEEK_BASE_URL",
                                "http://127.0.0.1:" + provider.port() + "/v1"))) {
            measure(provider.port(), gateway.port(), WARM_UP);
            System.out.printf(
                    "JDK %s, %d processors, %d requests each%n",
                    Runtime.version(), Runtime.getRuntime().availableProcessors(), REQUESTS);
            System.out.printf(
                    "%-14s %22s %22s %22s%n",
                    "open streams", "direct p50 / p99", "gateway p50 / p99", "added p50 / p99");
            for (int open : OPEN) {
                Open streams = Open.through(gateway.port(), open);
                try (streams) {
                    measure(provider.port(), gateway.port(), 200);
                    show(open, measure(provider.port(), gateway.port(), REQUESTS));
                }
            }
        }
        System.exit(0);
    }

    /** Both sorted, in nanoseconds. */
    private record Times(long[] direct, long[] gateway) {
        static double at(long[] sorted, int percent) {
            return sorted[sorted.length * percent / 100] / 1e6;
        }
    }

    private static Times measure(int direct, int gateway, int requests) throws IOException {
        long[] directly = new long[requests];
        long[] through = new long[requests];
        for (int i = 0; i < requests; i++) {
            directly[i] = once(direct);
            LockSupport.parkNanos(BETWEEN);
            through[i] = once(gateway);
            LockSupport.parkNanos(BETWEEN);
        }
        Arrays.sort(directly);
        Arrays.sort(through);
        return new Times(directly, through);
    }

    private static long once(int port) throws IOException {
        long asked = System.nanoTime();
        try (RawHttpClient client = StreamingLoad.ask(port, "hi")) {
            StreamingLoad.firstToken(client);
            return System.nanoTime() - asked;
        }
    }

    private static void show(int open, Times times) {
        double p50 = Times.at(times.gateway, 50) - Times.at(times.direct, 50);
        double p99 = Times.at(times.gateway, 99) - Times.at(times.direct, 99);
        System.out.printf(
                "%-14d %22s %22s %22s%n",
                open,
                both(Times.at(times.direct, 50), Times.at(times.direct, 99)),
                both(Times.at(times.gateway, 50), Times.at(times.gateway, 99)),
                both(p50, p99));
    }

    private static String both(double p50, double p99) {
        return "%.2f / %.2f ms".formatted(p50, p99);
    }

    /** Streams that go on beside; each is read as it comes. */
    private record Open(List<RawHttpClient> clients) implements AutoCloseable {
        static Open through(int port, int count) throws IOException {
            List<RawHttpClient> clients = new ArrayList<>();
            var readers = StreamingLoad.perTask();
            for (int i = 0; i < count; i++) {
                RawHttpClient client = StreamingLoad.ask(port, "slow");
                clients.add(client);
                StreamingLoad.firstToken(client);
                readers.execute(() -> readAll(client));
            }
            return new Open(clients);
        }

        private static void readAll(RawHttpClient client) {
            byte[] buffer = new byte[1024];
            try {
                while (client.in().read(buffer) >= 0) {
                    continue;
                }
            } catch (IOException closed) {
                return;
            }
        }

        @Override
        public void close() throws IOException {
            for (RawHttpClient client : clients) {
                client.close();
            }
        }
    }
}
