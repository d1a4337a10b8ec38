package io.camelback.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.server.GatewayServer;
import io.camelback.telemetry.record.RequestRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of the demo: it sends requests over HTTP and reads the attempts from the gateway's log. */
final class DemoCaller {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, CompletableFuture<RequestRecord>> done = new ConcurrentHashMap<>();
    private final URI address;

    DemoCaller(GatewayServer gateway) {
        address = URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions");
        gateway.gateway().requests().listen(entry -> entry(entry.id()).complete(entry));
    }

    private CompletableFuture<RequestRecord> entry(String id) {
        return done.computeIfAbsent(id, key -> new CompletableFuture<>());
    }

    /** Asks and waits for all of the answer. */
    DemoReply ask(String model, boolean stream) throws IOException, InterruptedException {
        ObjectNode body = Json.object().put("model", model).put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hello");
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
        long start = System.nanoTime();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        String text = read(response.body());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<JsonNode> parts = stream ? events(text) : List.of(Json.read(text));
        return new DemoReply(
                answeredBy(response, parts), text(parts), logged(response).attempts(), took);
    }

    /** As far as it came: a stream that tells of an error is broken off behind it. */
    private static String read(InputStream body) {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        try (body) {
            body.transferTo(came);
        } catch (IOException brokenOff) {
            return came.toString(StandardCharsets.UTF_8);
        }
        return came.toString(StandardCharsets.UTF_8);
    }

    private static List<JsonNode> events(String sse) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : sse.split("\n")) {
            if (line.startsWith("data: {")) {
                events.add(Json.read(line.substring("data: ".length())));
            }
        }
        return events;
    }

    private static String answeredBy(HttpResponse<?> response, List<JsonNode> parts) {
        if (response.statusCode() != 200 || parts.stream().anyMatch(part -> part.has("error"))) {
            return DemoReply.ERROR;
        }
        return response.headers().firstValue("x-camelback-model").orElse(DemoReply.STATIC);
    }

    private static String text(List<JsonNode> parts) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            JsonNode choice = part.at("/choices/0");
            text.append(choice.path(choice.has("delta") ? "delta" : "message")
                    .path("content")
                    .asText(""));
        }
        return text.toString();
    }

    /** The log has its line only after the last byte has left. */
    private RequestRecord logged(HttpResponse<?> response) throws IOException, InterruptedException {
        String id = response.headers()
                .firstValue("x-camelback-request-id")
                .orElseThrow(() ->
                        new IOException("The gateway answered " + response.statusCode() + " without a request id"));
        try {
            return entry(id).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The gateway's log has no line for the request " + id, e);
        }
    }
}
