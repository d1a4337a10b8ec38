package io.camelback.camel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * A response as far as it came: {@code HttpClient} itself gives nothing of one that was broken off.
 *
 * @param brokenOff whether the connection ended before the response did
 */
record TruncatedResponse(HttpResponse<InputStream> head, String body, boolean brokenOff) implements HttpResponse<String> {

    static TruncatedResponse send(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        boolean brokenOff = !whole(response.body(), came);
        return new TruncatedResponse(response, came.toString(StandardCharsets.UTF_8), brokenOff);
    }

    /** A body as far as it came. */
    static String read(InputStream body) {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        whole(body, came);
        return came.toString(StandardCharsets.UTF_8);
    }

    private static boolean whole(InputStream body, ByteArrayOutputStream came) {
        try (body) {
            body.transferTo(came);
            return true;
        } catch (IOException brokenOff) {
            return false;
        }
    }

    /** Whether the connection ended before the response did. */
    static boolean brokenOff(HttpResponse<String> response) {
        return ((TruncatedResponse) response).brokenOff();
    }

    @Override
    public int statusCode() {
        return head.statusCode();
    }

    @Override
    public HttpRequest request() {
        return head.request();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return head.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return head.sslSession();
    }

    @Override
    public URI uri() {
        return head.uri();
    }

    @Override
    public HttpClient.Version version() {
        return head.version();
    }
}
