package io.camelback.benchmark;

import io.camelback.testkit.GatewayProcess;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Slow readers in their thousands (docs/failures.md B05), as {@code mvn -Psoak verify}: each reads 1 KB/s of a stream
 * whose provider could send for ever, while another caller asks now and then and measures its first token. The gateway
 * has a JVM and a heap of its own. It ends by itself, prints a table, and fails when a bound is broken.
 */
public final class SoakBenchmark {
    private static final long MEBIBYTE = 1 << 20;
    /** How many streams are being opened at a time. */
    private static final int AT_ONCE = 16;

    private static final int WARM = 100;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final int streams = Integer.getInteger("soak.streams", 2000);
    private final Duration duration = Duration.ofSeconds(Integer.getInteger("soak.seconds", 120));
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicLong read = new AtomicLong();
    private final List<String> broken = new ArrayList<>();
    private volatile boolean over;

    public static void main(String[] none) throws Exception {
        SoakBenchmark soak = new SoakBenchmark();
        soak.run();
        if (!soak.broken.isEmpty()) {
            System.out.println("NOT within its bounds: " + String.join("; ", soak.broken));
            System.exit(1);
        }
        System.out.println("All within its bounds.");
        System.exit(0);
    }

    private void run() throws Exception {
        Path folder = Files.createTempDirectory("camelback-soak");
        Path home = RunningGateway.copyHome(
                folder,
                config -> config.replace("max-in-flight: 1000", "max-in-flight: 10000")
                        .replaceFirst(
                                "timeouts: \\{ connect.*}",
                                "timeouts: { connect: 10s, first-token: 60s, idle: 120s, total: 3600s }")
                        .replaceFirst("body: 30s, send: 60s", "body: 30s, send: 120s"));
        try (StreamingLoad provider = StreamingLoad.start();
                GatewayProcess gateway = GatewayProcess.start(
                        home,
                        "1g",
                        Map.of(
                                "DEEPSEEK_API_KEY",
                                "k",
                                "DEEPSEEK_BASE_URL",
                                "http://127.0.0.1:" + provider.port() + "/v1"))) {
            ExecutorService callers = StreamingLoad.perTask();
            warmUp(gateway.port(), callers);
            long[] quiet = probes(gateway.port(), Duration.ofSeconds(10), 10);
            long heapBefore = gateway.heap();
            long residentBefore = gateway.resident();
            CountDownLatch begun = new CountDownLatch(streams);
            CountDownLatch ended = new CountDownLatch(streams);
            Semaphore opening = new Semaphore(AT_ONCE);
            for (int i = 0; i < streams; i++) {
                opening.acquire();
                callers.execute(() -> slowly(gateway.port(), opening, begun, ended));
            }
            begun.await();
            System.out.printf("%d streams are open%n", streams - errors.get());
            long[] busy = probes(gateway.port(), duration, 10);
            long heap = gateway.heap();
            long resident = gateway.resident();
            over = true;
            ended.await();
            long back = heapBack(gateway, residentBefore);
            table(heapBefore, heap, residentBefore, resident, gateway.resident(), back, quiet, busy);
        }
    }

    /** Loads what is loaded once, so that the memory before is that of a gateway at work. */
    private void warmUp(int port, ExecutorService callers) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(WARM);
        CountDownLatch ended = new CountDownLatch(WARM);
        Semaphore opening = new Semaphore(AT_ONCE);
        for (int i = 0; i < WARM; i++) {
            opening.acquire();
            callers.execute(() -> slowly(port, opening, begun, ended));
        }
        begun.await();
        LockSupport.parkNanos(5 * SECOND.toNanos());
        over = true;
        ended.await();
        over = false;
    }

    private void slowly(int port, Semaphore opening, CountDownLatch begun, CountDownLatch ended) {
        boolean started = false;
        try (RawHttpClient client = StreamingLoad.ask(port, "flood")) {
            StreamingLoad.firstToken(client);
            started = true;
            opening.release();
            begun.countDown();
            byte[] kilobyte = new byte[1024];
            while (!over) {
                if (client.in().readNBytes(kilobyte, 0, kilobyte.length) < kilobyte.length) {
                    throw new IOException("The stream ended");
                }
                read.addAndGet(kilobyte.length);
                LockSupport.parkNanos(SECOND.toNanos());
            }
        } catch (IOException e) {
            if (errors.incrementAndGet() <= 5) {
                System.out.println("A stream broke: " + e.getMessage());
            }
        } finally {
            if (!started) {
                opening.release();
                begun.countDown();
            }
            ended.countDown();
        }
    }

    /** Times to the first token of one caller, sorted, in nanoseconds. */
    private static long[] probes(int port, Duration howLong, int aSecond) {
        List<Long> times = new ArrayList<>();
        long end = System.nanoTime() + howLong.toNanos();
        while (System.nanoTime() < end) {
            long asked = System.nanoTime();
            try (RawHttpClient client = StreamingLoad.ask(port, "hi")) {
                StreamingLoad.firstToken(client);
                times.add(System.nanoTime() - asked);
            } catch (IOException e) {
                times.add(Long.MAX_VALUE);
            }
            LockSupport.parkNanos(SECOND.toNanos() / aSecond);
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /**
     * How long it takes until the process has about the memory it had before, in seconds; 60 when it does not get
     * there.
     */
    private static long heapBack(GatewayProcess gateway, long before) throws IOException {
        for (int second = 1; second < 60; second++) {
            LockSupport.parkNanos(SECOND.toNanos());
            gateway.heap();
            if (gateway.resident() < before + 128 * MEBIBYTE) {
                return second;
            }
        }
        return 60;
    }

    private void table(
            long heapBefore,
            long heap,
            long residentBefore,
            long resident,
            long residentAfter,
            long back,
            long[] quiet,
            long[] busy) {
        long growth = heap - heapBefore;
        row("streams, and those that broke", streams + ", " + errors.get(), errors.get() == 0);
        row("seconds", String.valueOf(duration.toSeconds()), true);
        row("read by all callers", read.get() / MEBIBYTE + " MiB", read.get() > streams * duration.toSeconds() * 512);
        row(
                "heap before, during, growth",
                mib(heapBefore) + ", " + mib(heap) + ", " + mib(growth),
                growth < 512 * MEBIBYTE);
        row("heap for a stream", growth / streams / 1024 + " KiB", growth / streams <= 256 << 10);
        row("RSS before, during, after", mib(residentBefore) + ", " + mib(resident) + ", " + mib(residentAfter), true);
        row("RSS back within 128 MiB after", back + " s", back < 60);
        row("first token alone, p50 and p99", millis(quiet, 50) + ", " + millis(quiet, 99), true);
        row(
                "first token beside them, p50 and p99",
                millis(busy, 50) + ", " + millis(busy, 99),
                Arrays.stream(busy).noneMatch(time -> time == Long.MAX_VALUE));
    }

    private void row(String what, String value, boolean within) {
        System.out.printf("%-40s %-28s %s%n", what, value, within ? "" : "<- out of bounds");
        if (!within) {
            broken.add(what);
        }
    }

    private static String mib(long bytes) {
        return bytes / MEBIBYTE + " MiB";
    }

    static String millis(long[] sorted, int percent) {
        long nanos = sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
        return nanos == Long.MAX_VALUE ? "never" : "%.1f ms".formatted(nanos / 1e6);
    }
}
