package io.camelback.server.http;

import io.camelback.camel.inbound.InboundEndpoints;
import io.camelback.camel.inbound.ResponseHeaders;
import io.camelback.camel.request.RequestIds;
import io.camelback.chat.GatewayError;
import io.camelback.config.ConnectionLimits;
import io.camelback.config.ServerSettings;
import io.camelback.json.Json;
import io.camelback.protocol.ClientCodec;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AttributeKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Bounds what a connection may cost. Camel makes its HTTP servers itself and asks nobody for their options, so that the
 * only place for them is the Vert.x that it makes them with. Each server counts its own connections: when callers have
 * taken all of the API's, the management port still answers.
 */
public final class VertxServerLimits {
    /** What lies in the kernel for a caller who does not read, in bytes; Linux takes megabytes unless told. */
    private static final int SEND_BUFFER = 32 << 10;

    private static final int BACKLOG = 1024;
    /** How many connections beyond the limit are kept until they can be told why they are not served. */
    private static final int TOLD = 256;

    private static final AttributeKey<Boolean> TOO_MANY = AttributeKey.valueOf("camelback-too-many");

    private final ServerSettings settings;
    private final int head;
    private final LongSupplier nanoTime;
    private final Map<OpenConnection, Integer> open = new ConcurrentHashMap<>();
    private volatile BooleanSupplier stopping = () -> false;

    /** @param head how long the head of a request may be, in bytes */
    public VertxServerLimits(ServerSettings settings, int head, LongSupplier nanoTime) {
        this.settings = settings;
        this.head = head;
        this.nanoTime = nanoTime;
    }

    /** Whether this connection is one more than the server takes, so that its first request is refused. */
    static boolean tooMany(HttpConnection connection) {
        return connection instanceof ConnectionBase base && base.channel().hasAttr(TOO_MANY);
    }

    /** From now on this says whether answers close their connections, because the gateway stops. */
    public void stopping(BooleanSupplier now) {
        stopping = now;
    }

    /** How many requests are under way at a port. */
    public int underWay(int port) {
        int[] sum = new int[1];
        open.forEach((connection, its) -> sum[0] += its == port ? connection.underWay() : 0);
        return sum[0];
    }

    /** Closes all connections on which no request is under way. */
    public void closeIdle(int port) {
        at(port, OpenConnection::closeIfIdle);
    }

    /** Drops all connections on which a request is under way. */
    public void drop(int port) {
        at(port, OpenConnection::dropIfBusy);
    }

    private void at(int port, Consumer<OpenConnection> action) {
        open.forEach((connection, its) -> {
            if (its == port) {
                action.accept(connection);
            }
        });
    }

    /** The same Vert.x, whose HTTP servers have our limits from their beginning. */
    public Vertx limited(Vertx vertx) {
        return (Vertx) Proxy.newProxyInstance(
                VertxServerLimits.class.getClassLoader(),
                new Class<?>[] {VertxInternal.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(vertx, amended(arguments, head, settings.maxBodyBytes()));
                        return result instanceof HttpServer server ? watched(server) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Object[] amended(Object[] arguments, int head, long body) {
        if (arguments != null && arguments.length == 1 && arguments[0] instanceof HttpServerOptions options) {
            // HTTP/2 in clear text is what no client of ours speaks, and one more way to flood a server.
            options.setHttp2ClearTextEnabled(false)
                    .setSendBufferSize(SEND_BUFFER)
                    .setAcceptBacklog(BACKLOG)
                    .setMaxHeaderSize(head)
                    // A message is a request's body. Compressed ones could be of any length.
                    .setMaxWebSocketFrameSize((int) body)
                    .setMaxWebSocketMessageSize((int) body)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false);
        }
        return arguments;
    }

    private HttpServer watched(HttpServer server) {
        AtomicInteger connected = new AtomicInteger();
        return server.connectionHandler(connection -> {
                    if (connection instanceof ConnectionBase base) {
                        accept(base.channel(), connected);
                    }
                })
                .invalidRequestHandler(VertxServerLimits::refuse);
    }

    /** What cannot be read as HTTP, or is too long before its body. The connection is of no more use. */
    private static void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        GatewayError error = GatewayError.of(400, "bad_request", "The HTTP request cannot be read.");
        if (cause instanceof TooLongHttpHeaderException) {
            error = GatewayError.of(
                    431,
                    "request_head_too_large",
                    "The headers are larger than the gateway takes."
                            + " The limit is limits.request-head in config/camelback.yaml.");
        } else if (cause instanceof TooLongHttpLineException) {
            error = GatewayError.of(414, "url_too_long", "The URL is longer than the gateway takes: 4096 bytes.");
        }
        String id = RequestIds.of(null);
        ClientCodec codec = InboundEndpoints.at(request.path());
        ResponseHeaders.of(id).forEach(request.response()::putHeader);
        request.response()
                .setStatusCode(error.status())
                .putHeader(HttpHeaders.CONNECTION, "close")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.text(codec.writeError(error, id)))
                .onComplete(told -> request.connection().close());
    }

    private void accept(Channel channel, AtomicInteger connected) {
        ConnectionLimits limits = settings.connections();
        int now = connected.incrementAndGet();
        channel.closeFuture().addListener(closed -> connected.decrementAndGet());
        if (now > limits.most() + TOLD) {
            channel.close();
            return;
        }
        if (now > limits.most()) {
            channel.attr(TOO_MANY).set(Boolean.TRUE);
        }
        OpenConnection connection = new OpenConnection(limits.keepAlive(), nanoTime, () -> stopping.getAsBoolean());
        open.put(connection, ((InetSocketAddress) channel.localAddress()).getPort());
        channel.closeFuture().addListener(closed -> open.remove(connection));
        channel.pipeline().addAfter("httpEncoder", "camelback-connection", connection);
        channel.pipeline()
                .addFirst(
                        RequestHeaderTimeoutHandler.NAME,
                        new RequestHeaderTimeoutHandler(settings.timeouts().header()));
        channel.pipeline()
                .addFirst(
                        "camelback-send-timeout",
                        new ResponseWriteTimeoutHandler(settings.timeouts().send()));
    }
}
