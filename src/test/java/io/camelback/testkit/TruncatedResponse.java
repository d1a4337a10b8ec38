package io.camelback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Publisher;
import javax.net.ssl.SSLSession;

/**
 * A response as far as it came: {@code HttpClient} itself gives nothing of one that was broken off.
 *
 * @param brokenOff whether the connection ended before the response did
 */
public record TruncatedResponse(HttpResponse<?> head, String body, boolean brokenOff) implements HttpResponse<String> {

    static TruncatedResponse send(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<Publisher<List<ByteBuffer>>> response = client.send(request, BodyHandlers.ofPublisher());
        Reader reader = Reader.of(response);
        return new TruncatedResponse(response, reader.text.join(), reader.brokenOff);
    }

    /** Reads a body from now on, as far as it comes. */
    public static CompletableFuture<String> read(HttpResponse<Publisher<List<ByteBuffer>>> response) {
        return Reader.of(response).text;
    }

    /**
     * Takes what comes when it comes: a stream of {@code HttpClient} forgets what was not yet read when its connection
     * ends.
     */
    private static final class Reader implements Flow.Subscriber<List<ByteBuffer>> {
        private final ByteArrayOutputStream came = new ByteArrayOutputStream();
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private volatile boolean brokenOff;

        static Reader of(HttpResponse<Publisher<List<ByteBuffer>>> response) {
            Reader reader = new Reader();
            response.body().subscribe(reader);
            return reader;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                came.writeBytes(bytes);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            brokenOff = true;
            onComplete();
        }

        @Override
        public void onComplete() {
            text.complete(came.toString(StandardCharsets.UTF_8));
        }
    }

    /** Whether the connection ended before the response did. */
    public static boolean brokenOff(HttpResponse<String> response) {
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
