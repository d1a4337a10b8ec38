package io.camelback.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.camelback.Camelback;
import io.camelback.simulator.SimulatedProviders;
import io.camelback.testkit.RunningGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real signals, to the program in a process of its own. Its {@code stop-delay} is an hour. */
class StopSignalsTest {
    private static final Pattern SERVES = Pattern.compile("Camelback serves 127\\.0\\.0\\.1:(\\d+) \\(API\\).*");
    private static final Pattern PROBES = Pattern.compile("Probes: 127\\.0\\.0\\.1:(\\d+)/.*");

    @TempDir
    Path home;

    private SimulatedProviders lab;
    private Process process;
    private BufferedReader said;
    private int port;
    private int probes;

    @BeforeEach
    void start() throws Exception {
        RunningGateway.copyHome(home, config -> config.replace("stop-delay: 5s", "stop-delay: 1h"));
        lab = SimulatedProviders.start();
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-Dlogback.configurationFile=camelback-logback.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Camelback.class.getName(),
                        "start",
                        "--home",
                        home.toString(),
                        "--port",
                        "0",
                        "--management-port",
                        "0",
                        "--probe-port",
                        "0")
                .redirectErrorStream(true);
        builder.environment().putAll(lab.environment());
        process = builder.start();
        said = process.inputReader();
        port = port(SERVES);
        probes = port(PROBES);
    }

    @AfterEach
    void end() throws Exception {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        lab.close();
    }

    private int port(Pattern line) throws IOException {
        for (String next = said.readLine(); next != null; next = said.readLine()) {
            Matcher found = line.matcher(next);
            if (found.matches()) {
                return Integer.parseInt(found.group(1));
            }
        }
        throw new IOException("The gateway did not start");
    }

    @Test
    void sigterm_lowers_readiness_and_serves_on_and_a_second_one_ends_it_with_0() throws Exception {
        assertThat(get(probes, "/ready")).isEqualTo(200);
        signal("TERM");
        await().atMost(Duration.ofSeconds(10)).until(() -> get(probes, "/ready") == 503);
        assertThat(get(port, "/v1/models")).isEqualTo(200);
        assertThat(process.isAlive()).isTrue();

        signal("TERM");

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void ctrl_c_ends_it_without_the_delay() throws Exception {
        assumeFalse(
                interruptsAreIgnored(),
                "A shell that runs this in the background has it ignore SIGINT, and its children inherit that");
        signal("INT");

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static int get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Whether SIGINT, number 2, is ignored by the gateway's process; Linux only. */
    private boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (Long.parseUnsignedLong(
                                                line.substring("SigIgn:".length())
                                                        .trim(),
                                                16)
                                        & 2)
                                != 0);
    }
}
