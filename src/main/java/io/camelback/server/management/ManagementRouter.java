package io.camelback.server.management;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP routes of the management port beside Camel's own health and metrics: JSON in, JSON out. Only those get in whom
 * {@link ManagementAuthorizer} lets in. Answers are made on a worker thread, so they may take a while.
 */
public final class ManagementRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementRouter.class);

    private final Router router;
    private final ManagementAuthorizer access;

    /** @param body empty for a GET */
    public record Question(Map<String, String> query, byte[] body) {}

    /** Makes an answer. */
    @FunctionalInterface
    public interface Answerer {
        /** @throws InvalidRequestException when the question makes no sense: its error is the answer */
        JsonNode answer(Question question) throws Exception;
    }

    public ManagementRouter(Router router, ManagementAuthorizer access) {
        this.router = router;
        this.access = access;
    }

    /**
     * Lets nobody to anything on this port whom {@link ManagementAuthorizer} does not let in: Camel's health and
     * metrics, too.
     */
    public void guardAll() {
        router.route().order(Integer.MIN_VALUE).handler(guarded(false, RoutingContext::next));
    }

    /** Whether something is so: 200 or 503. */
    public void status(String path, BooleanSupplier up) {
        router.get(path).order(Integer.MIN_VALUE + 1).handler(context -> {
            boolean is = up.getAsBoolean();
            json(context, is ? 200 : 503, Json.bytes(Json.object().put("status", is ? "UP" : "DOWN")));
        });
    }

    /** Something to read. */
    public void get(String path, Answerer answerer) {
        router.get(path).handler(guarded(false, context -> work(context, answerer, new byte[0])));
    }

    /** Something to ask with a body, which changes nothing. @param maxBytes larger bodies are refused */
    public void post(String path, long maxBytes, Answerer answerer) {
        router.post(path)
                .handler(guarded(false, resumed(BodyHandler.create(false).setBodyLimit(maxBytes))))
                .handler(context -> work(context, answerer, bytes(context)));
    }

    /**
     * Something to do: it takes the header {@link ManagementAuthorizer#ACTION}, which no foreign page can make a
     * browser send.
     */
    void action(String path, Answerer answerer) {
        router.post(path)
                .handler(guarded(true, resumed(BodyHandler.create(false).setBodyLimit(64 << 10))))
                .handler(context -> work(context, answerer, bytes(context)));
    }

    /** Anything else, on the event loop: a page, a stream of events. */
    void raw(String path, Handler<RoutingContext> handler) {
        router.get(path).handler(guarded(false, handler));
    }

    private Handler<RoutingContext> guarded(boolean action, Handler<RoutingContext> handler) {
        return context -> {
            GatewayError refused = access.refuse(context.request(), action);
            if (refused == null) {
                handler.handle(context);
            } else {
                error(context, refused);
            }
        };
    }

    private static Handler<RoutingContext> resumed(Handler<RoutingContext> handler) {
        return context -> {
            context.request().resume();
            handler.handle(context);
        };
    }

    private static byte[] bytes(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    private static void work(RoutingContext context, Answerer answerer, byte[] body) {
        Map<String, String> query = new HashMap<>();
        context.queryParams().forEach(query::put);
        context.vertx()
                .executeBlocking(() -> Json.bytes(answerer.answer(new Question(query, body))), false)
                .onSuccess(json -> json(context, 200, json))
                .onFailure(thrown -> error(context, meaning(context, thrown)));
    }

    private static GatewayError meaning(RoutingContext context, Throwable thrown) {
        if (thrown instanceof InvalidRequestException invalid) {
            return invalid.error();
        }
        LOG.error("{} failed", context.normalizedPath(), thrown);
        return GatewayError.of(500, "internal_error", "The gateway failed. The log has the details.");
    }

    private static void error(RoutingContext context, GatewayError error) {
        if (error.status() == 401) {
            context.response().putHeader("WWW-Authenticate", "Basic realm=\"camelback\", charset=\"UTF-8\"");
        }
        json(
                context,
                error.status(),
                Json.bytes(Json.object()
                        .set("error", Json.object().put("code", error.code()).put("message", error.message()))));
    }

    private static void json(RoutingContext context, int status, byte[] body) {
        HttpServerResponse response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .putHeader("cache-control", "no-store")
                    .putHeader("x-content-type-options", "nosniff")
                    .end(Buffer.buffer(body));
        }
    }
}
