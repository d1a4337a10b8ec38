package io.camelback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedProviders;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The distribution as a user has it: unpacked into a folder of its own, with a PATH on which only Java and the core
 * utilities are, far from the checkout and from Maven.
 */
@DisabledOnOs(OS.WINDOWS)
class DistributionIT {
    private static final Pattern SERVES =
            Pattern.compile("Camelback serves 127\\.0\\.0\\.1:(\\d+) .*:(\\d+) \\(health");
    private static final List<String> CORE_UTILITIES = List.of("basename", "dirname", "readlink");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static Path unpacked;
    private static Path tools;
    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void unpack() throws Exception {
        Path archive = Path.of(System.getProperty("distribution.archive"));
        Path target = Files.createDirectories(folder.resolve("un packed"));
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", target.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).as("tar xzf " + archive).isZero();
        unpacked = target.resolve(System.getProperty("distribution.name"));
        Path config = unpacked.resolve("config/camelback.yaml");
        String yaml = Files.readString(config);
        assertThat(yaml).contains("stop-delay: 5s");
        Files.writeString(config, yaml.replace("stop-delay: 5s", "stop-delay: 0s"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Files.createSymbolicLink(tools.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        for (String name : CORE_UTILITIES) {
            Files.createSymbolicLink(tools.resolve(name), Path.of("/usr/bin", name));
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(unpacked.resolve("bin/camelback").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools.toString(), "HOME", folder.toString()));
        // The machine may have newer ones, which would be taken.
        builder.environment().put("CAMELBACK_JAVA", "java");
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        process.getOutputStream().close();
        return process;
    }

    @ParameterizedTest(name = "camelback {0}")
    @CsvSource({"--help, Prices of models.", "lint, chain-keyless", "start --help, --probe-port"})
    void a_command_does_what_it_does_in_a_checkout(String arguments, String said) throws Exception {
        Process process = run(Map.of(), arguments.split(" "));

        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out).contains(said);
    }

    @Test
    void the_version_is_the_builds() throws Exception {
        assertThat(new String(run(Map.of(), "--version").getInputStream().readAllBytes()))
                .isEqualTo("Camelback " + System.getProperty("distribution.version") + "\n");
    }

    @Test
    void a_java_without_all_modules_is_told_and_nothing_stays_running() throws Exception {
        Process process = run(
                Map.of("JAVA_OPTS", "--limit-modules java.se,jdk.unsupported"),
                "start",
                "--port",
                "0",
                "--management-port",
                "0");

        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(out).contains("This Java lacks the class jdk/net/Sockets. Take a JRE or JDK with all modules");
    }

    @Test
    void every_folder_that_can_be_edited_is_there() throws Exception {
        for (String part : List.of("routes", "kamelets", "config", "docs")) {
            assertThat(files(unpacked.resolve(part))).as(part).isEqualTo(files(Path.of(part)));
        }
        assertThat(unpacked).isDirectoryContaining("glob:**/LICENSE").isDirectoryContaining("glob:**/README.md");
        assertThat(unpacked.resolve("lib")).isDirectoryContaining("glob:**/camelback-*.jar");
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void the_gateway_answers_says_its_health_and_stops() throws Exception {
        try (SimulatedProviders lab = SimulatedProviders.start()) {
            Process process = run(lab.environment(), "start", "--port", "0", "--management-port", "0");
            Matcher serves = serving(process.inputReader());

            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serves.group(1) + "/v1/chat/completions"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"model\":\"premium\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-camelback-model")).contains("claude-opus");
            assertThat(Json.read(answer.body()).at("/choices/0/message/content").asText())
                    .isNotBlank();
            assertThat(health(serves.group(2)).path("status").asText()).isEqualTo("UP");
            assertThat(unpacked.resolve("data/ledger.db")).isRegularFile();

            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    private static JsonNode health(String port) throws IOException, InterruptedException {
        return Json.read(HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** Waits for the line that says where the gateway is, and goes on reading so that its log never fills the pipe. */
    private static Matcher serving(BufferedReader out) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            Matcher serves = SERVES.matcher(line);
            if (serves.find()) {
                Thread drain = new Thread(() -> out.lines().forEach(more -> {}), "distribution-output");
                drain.setDaemon(true);
                drain.start();
                return serves;
            }
        }
        throw new IOException("The gateway has ended:\n" + said);
    }
}
