package io.camelback.server.http;

import io.camelback.camel.inbound.ResponseHeaders;
import io.camelback.camel.inbound.RetryAdvice;
import io.camelback.camel.request.RequestIds;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.protocol.ClientCodec;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Tells a caller in its own API format why its request is not served, with the headers of every answer.
 *
 * @param codecs the API format for a path and headers
 */
record RefusalWriter(BiFunction<String, UnaryOperator<String>, ClientCodec> codecs) {
    /** How long what is still being sent of a refused body is thrown away. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /**
     * Does nothing once an answer has begun.
     *
     * @param last whether the rest of the body is not wanted, so that the connection cannot be used again
     */
    void write(RoutingContext context, GatewayError refusal, boolean last) {
        if (context.response().headWritten()) {
            return;
        }
        String id = RequestIds.of(context.request().getHeader("x-request-id"));
        Map<String, String> headers = new HashMap<>(ResponseHeaders.of(id));
        GatewayError error = RetryAdvice.told(refusal, id);
        RetryAdvice.add(headers, error, null);
        headers.forEach(context.response()::putHeader);
        if (last) {
            context.response().putHeader(HttpHeaders.CONNECTION, error.status() == 426 ? "Upgrade, close" : "close");
        }
        HttpServerRequest request = context.request();
        ClientCodec codec = codecs.apply(request.path(), request::getHeader);
        context.response()
                .setStatusCode(codec.status(error))
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.text(codec.writeError(error, id)));
        if (last && request.isEnded()) {
            request.connection().close();
        } else if (last) {
            leave(context, error.status() == 408 ? Duration.ofMillis(1) : LINGER);
        }
    }

    /** Closes the connection once a caller who is still sending has found its answer: else it would see a reset. */
    private static void leave(RoutingContext context, Duration linger) {
        HttpConnection connection = context.request().connection();
        long timer = context.vertx().setTimer(linger.toMillis(), late -> connection.close());
        context.request().resume().end().onComplete(all -> {
            context.vertx().cancelTimer(timer);
            connection.close();
        });
    }
}
