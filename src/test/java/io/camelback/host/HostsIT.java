package io.camelback.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged jar in Camel applications of every kind, each in a JVM of its own: what is asked there is answered, and
 * a second question in the same exchange is answered with an answer of its own.
 */
class HostsIT {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern STARTED = Pattern.compile("(Started Application)");
    private static final List<String> MAINS = List.of("plain", "main", "kamelet-main");
    private static final List<String> BOOTS = List.of("spring-boot-jar", "spring-boot-class-path");
    private static final List<String> CHATS = List.of(
            "two-chains",
            "one-chain-twice",
            "chat-then-chain",
            "chain-then-chat",
            "streamed-twice",
            "streamed-then-chain",
            "split-after-chain",
            "multicast-after-chain",
            "wiretap-after-chain",
            "kamelet-twice",
            "kamelet-then-chain",
            "chain-after-failure");
    private static final List<String> OTHERS =
            List.of("loop", "embeddings-twice", "embed-then-embeddings", "own-kamelet");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Map<String, Map<String, String>> ANSWERS = new HashMap<>();
    private static final Map<String, String> URLS = new LinkedHashMap<>();
    private static final List<HostProcess> RUNNING = new ArrayList<>();
    private static EchoProvider provider;
    private static Path hosts;

    @BeforeAll
    static void start() throws Exception {
        provider = EchoProvider.start();
        hosts = HostBuild.build();
        Path boot = hosts.resolve("spring-boot/target/camelback-spring-boot.jar");
        HostProcess jar = boot(hosts, "spring-boot-jar", List.of("-jar", boot.toString()));
        Map<String, HostProcess> mains = new LinkedHashMap<>();
        for (String kind : MAINS) {
            mains.put(kind, main(hosts, kind));
        }
        List<String> routes = Stream.concat(CHATS.stream(), OTHERS.stream()).toList();
        for (Map.Entry<String, HostProcess> main : mains.entrySet()) {
            ANSWERS.put(main.getKey(), main.getValue().answers(routes));
        }
        HostProcess classPath = boot(
                hosts,
                "spring-boot-class-path",
                List.of("-cp", HostBuild.unpacked(boot, hosts.resolve("unpacked")), "example.Application"));
        URLS.put("spring-boot-jar", url(jar));
        URLS.put("spring-boot-class-path", url(classPath));
    }

    @AfterAll
    static void stop() {
        RUNNING.forEach(HostProcess::close);
        if (provider != null) {
            provider.close();
        }
    }

    private static HostProcess main(Path hosts, String kind) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-cp",
                HostBuild.classPath(hosts.resolve("main/target/hosts.jar"), hosts.resolve("main/target/lib/*")),
                "hosts.Host",
                kind,
                hosts.resolve("routes").toString(),
                hosts.resolve("kamelets").toString()));
        arguments.addAll(CHATS);
        arguments.addAll(OTHERS);
        HostProcess process = HostProcess.start(kind, provider.environment(), arguments);
        RUNNING.add(process);
        return process;
    }

    private static HostProcess boot(Path hosts, String name, List<String> program) throws IOException {
        List<String> arguments = new ArrayList<>(program);
        arguments.add("--server.port=0");
        arguments.add("--camel.main.routes-include-pattern=classpath:camel/*.camel.yaml,file:" + hosts.resolve("routes")
                + "/questions.camel.yaml,file:" + hosts.resolve("http-routes") + "/*.camel.yaml");
        HostProcess process = HostProcess.start(name, provider.environment(), arguments);
        RUNNING.add(process);
        return process;
    }

    private static String url(HostProcess boot) {
        boot.printed(STARTED);
        return "http://127.0.0.1:" + boot.printed(PORT);
    }

    private static List<String> asked(String host, String route) throws Exception {
        String answer =
                MAINS.contains(host) ? ANSWERS.get(host).get(route) : get(URLS.get(host) + "/questions/" + route);
        assertThat(answer).as("The answer of %s in %s", route, host).isNotNull();
        return List.of(answer.split("\n---\n?"));
    }

    private static String get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private static Stream<String> hosts() {
        return Stream.concat(MAINS.stream(), BOOTS.stream());
    }

    static Stream<Arguments> chats() {
        return hosts().flatMap(host -> CHATS.stream().map(route -> Arguments.of(host, route)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("chats")
    void two_questions_in_one_exchange_get_two_answers(String host, String route) throws Exception {
        List<String> answers = asked(host, route);

        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).contains("You asked: first").doesNotContain("second", "zeroth");
        assertThat(answers.get(1)).contains("You asked: second").doesNotContain("first", "zeroth");
    }

    static Stream<String> each_round_of_a_loop_is_a_question_of_its_own() {
        return hosts();
    }

    @ParameterizedTest
    @MethodSource
    void each_round_of_a_loop_is_a_question_of_its_own(String host) throws Exception {
        List<String> answers = asked(host, "loop");

        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).contains("You asked: number0").doesNotContain("number1");
        assertThat(answers.get(1)).contains("You asked: number1").doesNotContain("number0");
    }

    static Stream<Arguments> each_text_gets_its_own_vector() {
        return hosts().flatMap(host ->
                Stream.of("embeddings-twice", "embed-then-embeddings").map(route -> Arguments.of(host, route)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void each_text_gets_its_own_vector(String host, String route) throws Exception {
        List<String> answers = asked(host, route);

        assertThat(answers).hasSize(2);
        assertThat(vector(answers.get(0))).isEqualTo(EchoProvider.vector("first"));
        assertThat(vector(answers.get(1))).isEqualTo(EchoProvider.vector("second"));
    }

    private static List<Integer> vector(String answer) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        Json.read(answer).at("/data/0/embedding").forEach(number -> numbers.add((int) number.asDouble()));
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"main/target/lib", "unpacked/BOOT-INF/lib"})
    void a_host_gets_nothing_of_the_standalone_program(String libraries) throws Exception {
        try (Stream<Path> jars = Files.list(Path.of("target/hosts").resolve(libraries))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .anyMatch(jar -> jar.startsWith("camelback-"))
                    .noneMatch(jar ->
                            jar.matches("(flyway|sqlite|postgresql|HikariCP|picocli|chart|opentelemetry-(exporter|sdk)"
                                    + "|micrometer-registry-prometheus).*"));
        }
    }

    @Test
    void a_host_keeps_its_own_logging() throws Exception {
        String log = Files.readString(Path.of("target/hosts/spring-boot-jar.log"));

        assertThat(log).contains(":: Spring Boot ::").containsPattern("INFO \\d+ --- .* Started Application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "main", "kamelet-main"})
    void the_hosts_own_kamelets_are_found(String host) throws Exception {
        assertThat(asked(host, "own-kamelet")).containsExactly("hello!!!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring-boot-jar", "spring-boot-class-path"})
    void the_http_endpoints_answer_on_spring_boots_server(String host) throws Exception {
        JsonNode answer = Json.read(post(
                        host,
                        "/v1/chat/completions",
                        "{\"model\":\"local\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüße, 世界 🐫\"}]}")
                .body());

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("You asked: Grüße, 世界 🐫");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring-boot-jar", "spring-boot-class-path"})
    void the_http_endpoints_stream_on_spring_boots_server(String host) throws Exception {
        HttpResponse<String> answer = post(
                host,
                "/v1/messages",
                "{\"model\":\"gpt\",\"stream\":true,\"max_tokens\":100,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Grüße\"}]}");

        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(answer.body()).contains("You asked: Grüße", "message_stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring-boot-jar", "spring-boot-class-path"})
    void a_wrong_body_is_refused_on_spring_boots_server(String host) throws Exception {
        HttpResponse<String> empty = post(host, "/v1/chat/completions", "");
        HttpResponse<String> broken = post(host, "/v1/chat/completions", "{");

        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(Json.read(empty.body()).at("/error/message").asText()).contains("The body is empty");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(Json.read(broken.body()).at("/error/code").asText()).isEqualTo("invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring-boot-jar", "spring-boot-class-path"})
    void the_examples_own_route_answers(String host) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(URLS.get(host) + "/summaries"))
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(BodyPublishers.ofString("Ein Köder"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("You asked: Ein Köder");
    }

    /** What only the standalone program needs stays out of a host: docs/camel-host.md has the list of what comes. */
    @Test
    void a_host_gets_the_libraries_of_the_documentation_and_none_of_the_program() throws Exception {
        List<String> resolved;
        try (Stream<Path> jars = Files.list(hosts.resolve("bare/target/lib"))) {
            resolved = jars.map(jar -> jar.getFileName().toString().replaceFirst("-\\d[\\w.-]*\\.jar$", ""))
                    .sorted()
                    .toList();
        }

        assertThat(resolved)
                .contains("camelback", "camel-core-engine", "camel-kamelet")
                .noneMatch(name -> name.matches("logback.*|picocli.*|.*jdbc.*|postgresql|flyway.*|HikariCP|camel-main"
                        + "|camel-platform-http-main|chart.*js|micrometer-registry.*|opentelemetry-(sdk|exporter).*"));
        String page = Files.readString(Path.of("docs/camel-host.md"));
        assertThat(page).contains("116 jars").contains("33 MB");
        assertThat(resolved).hasSize(116);
    }

    private static HttpResponse<String> post(String host, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(URLS.get(host) + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
