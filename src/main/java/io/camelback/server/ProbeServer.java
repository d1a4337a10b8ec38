package io.camelback.server;

import io.camelback.server.reload.BundleHealthCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * Answers the probes of a kubelet or a load balancer on a port of its own: {@code /startup}, {@code /live} and
 * {@code /ready}, 200 or 503 and not a word more. It asks nobody for a token or a certain Host, and it is there before
 * the gateway is.
 */
final class ProbeServer implements AutoCloseable {
    private final HttpServer server;

    private ProbeServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Listens; whoever asks gets an answer from now on.
     *
     * @param port 0 for any free one
     * @throws BindException when it cannot listen there
     */
    static ProbeServer start(Vertx vertx, BundleHealthCheck health, String host, int port) throws BindException {
        // That this process can answer is what "live" asks: what a restart would not mend must not end in one.
        Map<String, BooleanSupplier> probes =
                Map.of("/live", () -> true, "/startup", health::started, "/ready", health::ready);
        HttpServer server =
                vertx.createHttpServer().requestHandler(request -> answer(request, probes.get(request.path())));
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (BindException)
                    new BindException("The probe port " + port + " of " + host + " cannot be opened for listening.")
                            .initCause(e);
        }
        return new ProbeServer(server);
    }

    private static void answer(HttpServerRequest request, BooleanSupplier probe) {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            end(request, 400, "BAD_REQUEST");
        } else if (probe == null) {
            end(request, 404, "NOT_FOUND");
        } else if (!reads) {
            end(request, 405, "METHOD_NOT_ALLOWED");
        } else {
            boolean up = probe.getAsBoolean();
            end(request, up ? 200 : 503, up ? "UP" : "DOWN");
        }
    }

    private static void end(HttpServerRequest request, int status, String word) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end("{\"status\":\"" + word + "\"}");
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
