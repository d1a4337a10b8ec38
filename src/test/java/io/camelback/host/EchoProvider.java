package io.camelback.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A provider with OpenAI's API that answers with the question: {@code You asked: …}. The vector of a text is the
 * numbers of its characters.
 */
final class EchoProvider implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private EchoProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::complete);
        server.createContext("/v1/embeddings", this::embed);
        server.start();
    }

    static EchoProvider start() throws IOException {
        return new EchoProvider();
    }

    /** The variables that lead a gateway here, and nowhere else. */
    Map<String, String> environment() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        return Map.of("LOCAL_BASE_URL", url, "OPENAI_BASE_URL", url, "OPENAI_API_KEY", "sk-test");
    }

    private void complete(HttpExchange http) throws IOException {
        JsonNode request = Json.read(http.getRequestBody().readAllBytes());
        JsonNode messages = request.path("messages");
        JsonNode content = messages.path(messages.size() - 1).path("content");
        String text = "You asked: "
                + (content.isTextual()
                        ? content.asText()
                        : content.path(0).path("text").asText());
        String model = request.path("model").asText();
        if (request.path("stream").asBoolean()) {
            answer(
                    http,
                    "text/event-stream",
                    event(chunk(model, Map.of("role", "assistant", "content", text), null))
                            + event(chunk(model, Map.of(), "stop")) + "data: [DONE]\n\n");
        } else {
            answer(
                    http,
                    "application/json",
                    Json.text(Json.of(Map.of(
                            "id",
                            "chatcmpl-1",
                            "object",
                            "chat.completion",
                            "created",
                            1,
                            "model",
                            model,
                            "choices",
                            List.of(Map.of(
                                    "index",
                                    0,
                                    "finish_reason",
                                    "stop",
                                    "message",
                                    Map.of("role", "assistant", "content", text))),
                            "usage",
                            Map.of("prompt_tokens", 3, "completion_tokens", 4, "total_tokens", 7)))));
        }
    }

    private static JsonNode chunk(String model, Map<String, String> delta, String finish) {
        Map<String, Object> choice = new HashMap<>(Map.of("index", 0, "delta", delta));
        choice.put("finish_reason", finish);
        return Json.of(Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion.chunk",
                "created",
                1,
                "model",
                model,
                "choices",
                List.of(choice)));
    }

    private static String event(JsonNode chunk) {
        return "data: " + Json.text(chunk) + "\n\n";
    }

    private void embed(HttpExchange http) throws IOException {
        JsonNode request = Json.read(http.getRequestBody().readAllBytes());
        JsonNode input = request.path("input");
        String text = input.isArray() ? input.path(0).asText() : input.asText();
        answer(
                http,
                "application/json",
                Json.text(Json.of(Map.of(
                        "object",
                        "list",
                        "model",
                        request.path("model").asText(),
                        "data",
                        List.of(Map.of("object", "embedding", "index", 0, "embedding", vector(text))),
                        "usage",
                        Map.of("prompt_tokens", 1, "total_tokens", 1)))));
    }

    static List<Integer> vector(String text) {
        return text.chars().boxed().toList();
    }

    private static void answer(HttpExchange http, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(200, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
