package io.camelback.chaos;

import io.camelback.testkit.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts a gateway's process, ends it in several ways, and starts it again. Callers reach it by a proxy whose port
 * stays.
 */
final class GatewaySupervisor implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(20);
    private final Path home;
    private final Path log;
    private final GatewayLauncher launcher;
    private final Map<String, String> environment;
    private final TcpProxy front;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong starts = new AtomicLong();
    private final ReentrantLock lifecycle = new ReentrantLock();
    private volatile GatewayProcess child;

    private GatewaySupervisor(
            GatewayLauncher launcher, Path home, Path log, Map<String, String> environment, TcpProxy front) {
        this.home = home;
        this.log = log;
        this.launcher = launcher;
        this.environment = environment;
        this.front = front;
    }

    /** @param log is added to */
    static GatewaySupervisor start(GatewayLauncher launcher, Path home, Path log, Map<String, String> environment)
            throws IOException {
        GatewaySupervisor supervisor = new GatewaySupervisor(launcher, home, log, environment, TcpProxy.to(0));
        supervisor.start();
        return supervisor;
    }

    void start() throws IOException {
        child = launcher.start(home, log, environment);
        starts.incrementAndGet();
        front.target(child.port());
    }

    /** Held by whoever ends the process, until it serves again. */
    Lock lifecycle() {
        return lifecycle;
    }

    /** How often the process was started. */
    long starts() {
        return starts.get();
    }

    GatewayProcess child() {
        return child;
    }

    /** What callers go through. */
    TcpProxy front() {
        return front;
    }

    Path log() {
        return log;
    }

    void kill() throws InterruptedException {
        child.signal("KILL");
        child.awaitEnd(STOP);
    }

    /** @return whether it stopped by itself in time */
    boolean terminate() throws InterruptedException {
        child.signal("TERM");
        return child.awaitEnd(STOP);
    }

    /** Asks the management port. */
    HttpResponse<String> management(String path, String action) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + child.managementPort() + path))
                .timeout(Duration.ofSeconds(3));
        if (action != null) {
            request.header("Content-Type", "application/json")
                    .header("x-camelback-action", "1")
                    .POST(HttpRequest.BodyPublishers.ofString(action));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        front.close();
        try {
            child.signal("CONT");
            terminate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
