package io.camelback.simulator;

import io.camelback.testkit.RawHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The dialects' ways to ask for the same. */
enum SimulatedRequestCase {
    OPENAI(
            "/v1/chat/completions",
            "/v1/chat/completions",
            "\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"),
    RESPONSES("/v1/responses", "/v1/responses", "\"model\":\"sim\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}]"),
    ANTHROPIC(
            "/v1/messages",
            "/v1/messages",
            "\"model\":\"sim\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"),
    GEMINI(
            "/v1beta/models/sim:generateContent",
            "/v1beta/models/sim:streamGenerateContent?alt=sse",
            "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String plainPath;
    private final String streamPath;
    private final String body;

    SimulatedRequestCase(String plainPath, String streamPath, String body) {
        this.plainPath = plainPath;
        this.streamPath = streamPath;
        this.body = body;
    }

    String path(boolean stream) {
        return stream ? streamPath : plainPath;
    }

    String body(boolean stream, String more) {
        return "{" + body + (stream && this != GEMINI ? ",\"stream\":true" : "") + more + "}";
    }

    HttpResponse<String> send(SimulatedProvider provider, boolean stream) throws IOException, InterruptedException {
        return post(provider, path(stream), body(stream, ""));
    }

    HttpResponse<String> send(SimulatedProvider provider, boolean stream, String more)
            throws IOException, InterruptedException {
        return post(provider, path(stream), body(stream, more));
    }

    RawHttpClient raw(SimulatedProvider provider, boolean stream) throws IOException {
        return RawHttpClient.connect(provider.port()).post(path(stream), body(stream, ""));
    }

    HttpResponse<byte[]> sendForBytes(SimulatedProvider provider, boolean stream)
            throws IOException, InterruptedException {
        return CLIENT.send(
                request(provider, path(stream))
                        .POST(BodyPublishers.ofString(body(stream, "")))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    static HttpResponse<String> post(SimulatedProvider provider, String path, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                request(provider, path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    static HttpResponse<String> get(SimulatedProvider provider, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(provider, path).GET();
        return CLIENT.send((headers.length > 0 ? request.headers(headers) : request).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(SimulatedProvider provider, String path) {
        return HttpRequest.newBuilder(URI.create(provider.url() + path)).timeout(Duration.ofSeconds(20));
    }
}
