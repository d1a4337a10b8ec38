package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One page in this machine's Chromium without a window, by its DevTools protocol: no driver, nothing to download. */
public final class HeadlessBrowser implements AutoCloseable, WebSocket.Listener {
    private static final Duration START = Duration.ofSeconds(30);
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--remote-allow-origins=*");

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private HeadlessBrowser(Path program) throws Exception {
        profile = Files.createTempDirectory("camelback-browser");
        Stream<String> command =
                Stream.concat(Stream.of(program.toString(), "--user-data-dir=" + profile), FLAGS.stream());
        process = new ProcessBuilder(
                        Stream.concat(command, Stream.of("about:blank")).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page(), this)
                .get(30, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", Json.object());
        }
    }

    /** The program; empty where none is installed. */
    public static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static HeadlessBrowser start(Path program) throws Exception {
        return new HeadlessBrowser(program);
    }

    /** Chromium writes down where it listens; its first page is the one of the command line. */
    private URI page() throws Exception {
        Path written = profile.resolve("DevToolsActivePort");
        HttpClient client = HttpClient.newHttpClient();
        return GatewayTestCase.soon("the browser")
                .atMost(START)
                .ignoreExceptions()
                .until(
                        () -> {
                            HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + Files.readAllLines(written).get(0) + "/json/list"))
                                    .build();
                            for (JsonNode target : Json.read(client.send(list, HttpResponse.BodyHandlers.ofString())
                                    .body())) {
                                if (target.path("type").asText().equals("page")) {
                                    return Optional.of(URI.create(
                                            target.path("webSocketDebuggerUrl").asText()));
                                }
                            }
                            return Optional.<URI>empty();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            heard(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void heard(String message) {
        JsonNode json;
        try {
            json = Json.read(message);
        } catch (IOException e) {
            complaints.add("unreadable: " + message);
            return;
        }
        JsonNode about = json.path("params");
        if (json.has("id")) {
            CompletableFuture<JsonNode> waiting = asked.remove(json.path("id").asInt());
            if (json.has("error")) {
                waiting.completeExceptionally(
                        new IllegalStateException(json.path("error").toString()));
            } else {
                waiting.complete(json.path("result"));
            }
        } else if (complains(json.path("method").asText(), about)) {
            complaints.add(about.toString());
        }
    }

    private static boolean complains(String method, JsonNode about) {
        return switch (method) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" ->
                List.of("error", "warning", "assert")
                        .contains(about.path("type").asText());
            case "Log.entryAdded" ->
                List.of("error", "warning").contains(about.at("/entry/level").asText());
            default -> false;
        };
    }

    private JsonNode ask(String method, ObjectNode parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode message = Json.object().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(Json.text(message), true).get(30, TimeUnit.SECONDS);
        return answer.get(30, TimeUnit.SECONDS);
    }

    public void open(URI address) throws Exception {
        ask("Page.navigate", Json.object().put("url", address.toString()));
        GatewayTestCase.soon("the page")
                .until(() -> eval("document.readyState").asText().equals("complete"));
    }

    /** @param scale device pixels for one of the page's */
    public void size(int width, int height, double scale, boolean phone) throws Exception {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Json.object()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", scale)
                        .put("mobile", phone));
    }

    /** As if the system had it set so, such as {@code prefers-color-scheme}, {@code dark}. */
    public void prefers(String feature, String value) throws Exception {
        ObjectNode media = Json.object();
        media.putArray("features").addObject().put("name", feature).put("value", value);
        ask("Emulation.setEmulatedMedia", media);
    }

    /** What an expression of the page comes to. */
    public JsonNode eval(String expression) throws Exception {
        JsonNode result = ask(
                "Runtime.evaluate",
                Json.object()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.at("/result/value");
    }

    /** Presses and lets go of a key, as a keyboard does. */
    public void key(String key, int code) throws Exception {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            ask(
                    "Input.dispatchKeyEvent",
                    Json.object()
                            .put("type", type)
                            .put("key", key)
                            .put("code", key)
                            .put("windowsVirtualKeyCode", code));
        }
    }

    /** The whole page as a picture. */
    public void picture(Path file, boolean whole) throws Exception {
        String data = ask(
                        "Page.captureScreenshot",
                        Json.object().put("format", "png").put("captureBeyondViewport", whole))
                .path("data")
                .asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** Errors and warnings of the page, so far. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        if (!ended(process)) {
            ended(process.destroyForcibly());
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        GatewayTestCase.soon("the browser's files").ignoreExceptions().until(() -> {
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
            return true;
        });
    }

    private static boolean ended(Process process) {
        return !process.onExit()
                .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                .join()
                .isAlive();
    }
}
