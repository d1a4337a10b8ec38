package io.camelback.server.http;

import io.camelback.memory.MemoryBudget;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The WebSocket transport of OpenAI's Responses: {@code GET /v1/responses} with {@code Upgrade: websocket}. Each
 * {@code response.create} becomes a request to this server's own {@code POST /v1/responses}, with the headers of the
 * dial: whatever holds for that one, keys and limits, plans, budgets and the ledger, holds here.
 *
 * @see <a href="https://developers.openai.com/api/docs/guides/websocket-mode">OpenAI's WebSocket mode</a>
 */
public final class ResponsesWebSockets {
    static final String PATH = "/v1/responses";
    private static final int MOST_AT_ONCE = 10_000;
    /** What belongs to the dial, or to one request only. */
    private static final Set<String> NOT_HANDED_ON = Set.of(
            "connection",
            "upgrade",
            "host",
            "origin",
            "content-length",
            "content-type",
            "transfer-encoding",
            "accept",
            "accept-encoding",
            "x-request-id",
            "idempotency-key");

    private final BooleanSupplier enabled;
    private final BooleanSupplier stopping;
    private final MemoryBudget memory;
    private HttpClient client;

    /**
     * @param enabled whether the configuration wants it
     * @param stopping whether connections are to end as soon as no answer is under way on them
     * @param memory counts what is kept of conversations
     */
    public ResponsesWebSockets(BooleanSupplier enabled, BooleanSupplier stopping, MemoryBudget memory) {
        this.enabled = enabled;
        this.stopping = stopping;
        this.memory = memory;
    }

    /** Whether this is a dial that is answered with 101. */
    boolean takes(RoutingContext context) {
        return enabled.getAsBoolean()
                && context.request().method() == HttpMethod.GET
                && PATH.equals(context.normalizedPath())
                && "websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE));
    }

    void accept(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpClient local = client(context);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_HANDED_ON.contains(name) && !name.startsWith("sec-websocket")) {
                headers.put(name, header.getValue());
            }
        });
        OpenConnection open = OpenConnection.upgrade(request.connection());
        request.toWebSocket().onSuccess(socket -> {
            if (request.connection() instanceof ConnectionBase base) {
                remove(base.channel().pipeline(), RequestHeaderTimeoutHandler.NAME);
            }
            new ResponsesWebSocket(
                            socket,
                            local,
                            request.localAddress(),
                            headers,
                            new ResponsesHistory(memory.lease()),
                            open::busy,
                            stopping)
                    .begin(context.vertx());
        });
    }

    private static void remove(ChannelPipeline pipeline, String handler) {
        if (pipeline.get(handler) != null) {
            pipeline.remove(handler);
        }
    }

    private synchronized HttpClient client(RoutingContext context) {
        if (client == null) {
            client = context.vertx()
                    .createHttpClient(new HttpClientOptions()
                            .setMaxPoolSize(MOST_AT_ONCE)
                            .setTcpNoDelay(true)
                            .setKeepAliveTimeout(1));
        }
        return client;
    }
}
