package io.camelback.camel;

import io.camelback.config.CallerTimeouts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
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

    /** The same Vert.x, whose HTTP servers have our limits from their beginning. */
    static Vertx limited(Vertx vertx, CallerTimeouts limits) {
        return (Vertx) Proxy.newProxyInstance(HttpServers.class.getClassLoader(), new Class<?>[] {VertxInternal.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(vertx, amended(arguments));
                        return result instanceof HttpServer server ? watched(server, limits) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Object[] amended(Object[] arguments) {
        if (arguments != null && arguments.length == 1 && arguments[0] instanceof HttpServerOptions options) {
            // HTTP/2 in clear text is what no client of ours speaks, and one more way to flood a server.
            options.setHttp2ClearTextEnabled(false).setSendBufferSize(SEND_BUFFER).setAcceptBacklog(BACKLOG);
        }
        return arguments;
    }

    private static HttpServer watched(HttpServer server, CallerTimeouts limits) {
        return server.connectionHandler(connection -> watch(connection, limits));
    }

    private static void watch(HttpConnection connection, CallerTimeouts limits) {
        if (connection instanceof ConnectionBase base) {
            base.channel().pipeline().addFirst("camelback-header-timeout", new HeaderTimeout(limits.header()));
            base.channel().pipeline().addFirst("camelback-send-timeout", new SendTimeout(limits.send()));
        }
    }
}
