package io.camelback.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Ends a request whose body does not come to its end in time (docs/failures.md B03). Every 16 KiB that arrive buy
 * another second, so that a large body over a slow line has the time it takes, and one that trickles has not.
 */
final class RequestBodyTimeout {
    private static final long BYTES_A_SECOND = 16 << 10;

    private final RoutingContext context;
    private final Duration limit;
    private final Consumer<RoutingContext> tooSlow;
    private long waited;
    private long timer;

    private RequestBodyTimeout(RoutingContext context, Duration limit, Consumer<RoutingContext> tooSlow) {
        this.context = context;
        this.limit = limit;
        this.tooSlow = tooSlow;
    }

    /** Watches a request whose head has just come. @param tooSlow answers it; on the event loop */
    static void watch(RoutingContext context, Duration limit, Consumer<RoutingContext> tooSlow) {
        RequestBodyTimeout watch = new RequestBodyTimeout(context, limit, tooSlow);
        watch.sleep(limit.toMillis());
        context.addEndHandler(ended -> context.vertx().cancelTimer(watch.timer));
    }

    private void sleep(long millis) {
        Vertx vertx = context.vertx();
        waited += millis;
        timer = vertx.setTimer(Math.max(1, millis), fired -> look());
    }

    private void look() {
        HttpServerRequest request = context.request();
        if (request.isEnded() || context.response().ended()) {
            return;
        }
        long allowed = limit.toMillis() + request.bytesRead() * 1000 / BYTES_A_SECOND;
        if (waited < allowed) {
            sleep(allowed - waited);
        } else {
            tooSlow.accept(context);
        }
    }
}
