package io.camelback.camel;

import io.camelback.chat.GatewayError;
import io.camelback.config.CallerTimeouts;
import io.camelback.dialect.Door;
import io.camelback.dialect.Json;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Bounds what a connection may cost. Camel makes its HTTP servers itself and asks nobody for their options, so that the only
 * place for them is the Vert.x that it makes them with.
 */
final class HttpServers {
    /** What lies in the kernel for a caller who does not read, in bytes; Linux takes megabytes unless told. */
    private static final int SEND_BUFFER = 32 << 10;
    private static final int BACKLOG = 1024;

    private HttpServers() { }

    /**
     * The same Vert.x, whose HTTP servers have our limits from their beginning.
     *
     * @param head how long the head of a request may be, in bytes
     */
    static Vertx limited(Vertx vertx, CallerTimeouts limits, int head) {
        return (Vertx) Proxy.newProxyInstance(HttpServers.class.getClassLoader(), new Class<?>[] {VertxInternal.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(vertx, amended(arguments, head));
                        return result instanceof HttpServer server ? watched(server, limits) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Object[] amended(Object[] arguments, int head) {
        if (arguments != null && arguments.length == 1 && arguments[0] instanceof HttpServerOptions options) {
            // HTTP/2 in clear text is what no client of ours speaks, and one more way to flood a server.
            options.setHttp2ClearTextEnabled(false).setSendBufferSize(SEND_BUFFER).setAcceptBacklog(BACKLOG)
                    .setMaxHeaderSize(head);
        }
        return arguments;
    }

    private static HttpServer watched(HttpServer server, CallerTimeouts limits) {
        return server.connectionHandler(connection -> watch(connection, limits)).invalidRequestHandler(HttpServers::refuse);
    }

    /** What cannot be read as HTTP, or is too long before its body. The connection is of no more use. */
    private static void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        GatewayError error = GatewayError.of(400, "bad_request", "The HTTP request cannot be read.");
        if (cause instanceof TooLongHttpHeaderException) {
            error = GatewayError.of(431, "request_head_too_large", "The headers are larger than the gateway takes."
                    + " The limit is limits.request-head in config/camelback.yaml.");
        } else if (cause instanceof TooLongHttpLineException) {
            error = GatewayError.of(414, "url_too_long", "The URL is longer than the gateway takes: 4096 bytes.");
        }
        String id = RequestIds.of(null);
        Door door = Doors.at(request.path());
        ReplyHeaders.of(id).forEach(request.response()::putHeader);
        request.response().setStatusCode(error.status()).putHeader(HttpHeaders.CONNECTION, "close")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(Json.text(door.writeError(error, id)))
                .onComplete(told -> request.connection().close());
    }

    private static void watch(HttpConnection connection, CallerTimeouts limits) {
        if (connection instanceof ConnectionBase base) {
            base.channel().pipeline().addFirst("camelback-header-timeout", new HeaderTimeout(limits.header()));
            base.channel().pipeline().addFirst("camelback-send-timeout", new SendTimeout(limits.send()));
        }
    }
}
