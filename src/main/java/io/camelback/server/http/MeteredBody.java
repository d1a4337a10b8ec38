package io.camelback.server.http;

import io.camelback.chat.GatewayError;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.memory.JsonFootprint;
import io.camelback.memory.MemoryBudget;
import io.camelback.memory.MemoryLease;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextDecorator;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * A request whose body is counted to the gateway's memory while it arrives, for the body handler to read it by. When
 * there is no memory for it, the request is refused and the rest of it thrown away. On the connection's event loop
 * only.
 */
public final class MeteredBody extends RoutingContextDecorator {
    /** Under this key a context holds the error that its caller shall be told. */
    static final String REFUSAL = "camelback-refusal";
    /** What a byte of a body takes: as it came, as it is read, and as it is sent to a provider. */
    private static final int COPIES = 3;

    private final RoutingContext context;
    private final MemoryBudget budget;
    private final MemoryLease lease;
    private final HttpServerRequest request;
    private boolean refused;

    private MeteredBody(RoutingContext context, MemoryBudget budget) {
        super(context.currentRoute(), (RoutingContextInternal) context);
        this.context = context;
        this.budget = budget;
        this.lease = budget.lease();
        this.request = new Metered((HttpServerRequestInternal) context.request());
        context.addEndHandler(ended -> lease.close());
    }

    /** Reads the body by the handler given, unless it is known from the beginning that it is too large. */
    public static void read(RoutingContext context, MemoryBudget budget, Handler<RoutingContext> handler) {
        MeteredBody metered = new MeteredBody(context, budget);
        if (metered.announced() * COPIES > budget.largest()) {
            metered.refuse();
        } else {
            handler.handle(metered);
        }
    }

    private long announced() {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,15}") ? Long.parseLong(length) : 0;
    }

    @Override
    public HttpServerRequest request() {
        return request;
    }

    private void take(Buffer piece, Handler<Buffer> reader) {
        if (refused) {
            return;
        }
        long size = (long) COPIES * piece.length();
        for (byte one : piece.getBytes()) {
            size += JsonFootprint.weight(one);
        }
        if (lease.grow(size)) {
            reader.handle(piece);
        } else {
            refuse();
        }
    }

    private void refuse() {
        refused = true;
        boolean never = Math.max(announced() * COPIES, lease.size()) > budget.largest() - budget.bytes() / 10;
        GatewayError error = never
                ? GatewayError.of(
                        413,
                        "request_too_large",
                        "The body is larger than the gateway has memory for."
                                + " The limit is limits.memory in config/camelback.yaml, a share of the JVM's heap.")
                : ErrorEnvelope.noMemory();
        lease.close();
        context.put(REFUSAL, error);
        context.fail(error.status());
    }

    /** A request that hands on what fits. */
    private final class Metered extends HttpServerRequestWrapper {
        Metered(HttpServerRequestInternal request) {
            super(request);
        }

        @Override
        public HttpServerRequest handler(Handler<Buffer> reader) {
            delegate.handler(reader == null ? null : piece -> take(piece, reader));
            return this;
        }

        @Override
        public HttpServerRequest endHandler(Handler<Void> reader) {
            delegate.endHandler(
                    reader == null
                            ? null
                            : ended -> {
                                if (!refused) {
                                    reader.handle(ended);
                                }
                            });
            return this;
        }
    }
}
