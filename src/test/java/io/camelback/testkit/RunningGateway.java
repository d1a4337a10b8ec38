package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.resilience.CircuitBreakers;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.DeploymentStatsRegistry;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.resilience.InFlightLimiter;
import io.camelback.server.GatewayServer;
import io.camelback.simulator.SimulatedProviders;
import io.camelback.tokens.TokenEstimate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The gateway as it is shipped, on free ports, before simulated providers: the routes and Kamelets of this checkout,
 * and its configuration with shorter timers. Its wall clock is the test's.
 */
public final class RunningGateway implements AutoCloseable {
    public final SimulatedProviders lab;
    public final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
    /** Where hosts are, by name; all others are where the machine says. */
    public final ScriptedNameServer names = new ScriptedNameServer();

    public final Path home;
    public final GatewayServer standalone;
    public final GatewayRuntime vitals;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningGateway(SimulatedProviders lab, Path home, Map<String, String> environment) throws Exception {
        this.lab = lab;
        this.home = home;
        TokenEstimate.of("The tokenizer is loaded before the first request, whose timers are short.");
        this.vitals = new GatewayRuntime(
                new CircuitBreakers(clock),
                new CooldownRegistry(clock),
                new InFlightLimiter(),
                new DeploymentStatsRegistry(System::nanoTime),
                alarms(),
                clock,
                System::nanoTime,
                () -> 0L,
                names);
        this.standalone = GatewayServer.start(home, "127.0.0.1", 0, 0, environment::get, vitals);
    }

    /** As in {@link GatewayRuntime#create}: an alarm that was called off holds nothing. */
    private static ScheduledThreadPoolExecutor alarms() {
        ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(1);
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }

    /**
     * With all providers simulated. Timers: connect 1 s, first token 500 ms, idle 500 ms, total 5 s; no wait before a
     * re-send.
     */
    public static RunningGateway start(Path folder) throws Exception {
        return start(folder, config -> config);
    }

    /** @param edit changes the text of config/camelback.yaml before the start */
    public static RunningGateway start(Path folder, UnaryOperator<String> edit) throws Exception {
        return start(folder, edit, Map.of());
    }

    /** @param more further files of the home, by their path below it */
    public static RunningGateway start(Path folder, UnaryOperator<String> edit, Map<String, String> more)
            throws Exception {
        return start(folder, edit, more, Map.of());
    }

    /** @param variables of the environment, beside those that lead to the simulated providers */
    public static RunningGateway start(
            Path folder, UnaryOperator<String> edit, Map<String, String> more, Map<String, String> variables)
            throws Exception {
        SimulatedProviders lab = SimulatedProviders.start();
        copyHome(folder);
        for (Map.Entry<String, String> file : more.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Path file = folder.resolve("config/camelback.yaml");
        Files.writeString(file, edit.apply(quick(Files.readString(file))));
        Map<String, String> environment = new HashMap<>(lab.environment());
        environment.putAll(variables);
        return new RunningGateway(lab, folder, environment);
    }

    /** Copies the routes, Kamelets and configuration of this checkout. */
    public static void copyHome(Path folder) throws IOException {
        for (String part : new String[] {"routes", "kamelets", "config"}) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = folder.resolve(file.toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** The same, with config/camelback.yaml changed. */
    public static Path copyHome(Path folder, UnaryOperator<String> edit) throws IOException {
        copyHome(folder);
        Path config = folder.resolve("config/camelback.yaml");
        Files.writeString(config, edit.apply(Files.readString(config)));
        return folder;
    }

    /** Timers for tests: a deployment's own ones are dropped, and the defaults are short. */
    private static String quick(String config) {
        return config.replaceAll("(?m)^    timeouts: .*\\R", "")
                .replaceFirst(
                        "timeouts: \\{ connect.*}",
                        "timeouts: { connect: 1s, tls: 1s, first-token: 500ms, idle: 500ms, total: 5s }");
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + standalone.port() + path);
    }

    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + standalone.managementPort() + path);
    }

    /** A chat request with one user message. */
    public static String chat(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    public HttpResponse<String> ask(String model, boolean stream, String... headers)
            throws IOException, InterruptedException {
        return post("/v1/chat/completions", chat(model, stream), headers);
    }

    /** Asks {@code direct:chat} with one user message, as a Camel route does. */
    public Map<?, ?> askByRoute(String model) {
        return standalone
                .gateway()
                .serving()
                .context()
                .createProducerTemplate()
                .requestBody(
                        "direct:chat",
                        Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", "Hello"))),
                        Map.class);
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> post(String path, String json, String... headers)
            throws IOException, InterruptedException {
        return TruncatedResponse.send(client, request(path, json, headers));
    }

    public HttpRequest request(String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
    }

    public HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public Ledger ledger() {
        return standalone.gateway().accounts().ledger().orElseThrow();
    }

    public HttpClient client() {
        return client;
    }

    /** The text of an answer, or of a stream's chunks put together. */
    public static String text(HttpResponse<String> response) throws IOException {
        if (!response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream")) {
            return Json.read(response.body()).at("/choices/0/message/content").asText();
        }
        StringBuilder text = new StringBuilder();
        for (String line : response.body().split("\n")) {
            if (line.startsWith("data: {")) {
                JsonNode content = Json.read(line.substring(6)).at("/choices/0/delta/content");
                text.append(content.isTextual() ? content.textValue() : "");
            }
        }
        return text.toString();
    }

    public static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public void close() {
        standalone.close();
        lab.close();
    }
}
