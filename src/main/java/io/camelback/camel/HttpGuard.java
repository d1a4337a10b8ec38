package io.camelback.camel;

import io.camelback.chat.GatewayError;
import io.camelback.dialect.Door;
import io.camelback.dialect.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stands before the doors, on the HTTP server itself: what never becomes a request of a route (a wrong path, method or content
 * type, a body too large) is answered here, in the same envelope and with the same headers as everything else.
 */
final class HttpGuard {
    private final Function<String, Door> doors;
    private final Supplier<Router> current;
    private final Supplier<Boolean> draining;

    /**
     * @param doors   the door for a path
     * @param current the router of the generation that serves; null while there is none
     */
    HttpGuard(Function<String, Door> doors, Supplier<Router> current, Supplier<Boolean> draining) {
        this.doors = doors;
        this.current = current;
        this.draining = draining;
    }

    void attach(Router server) {
        server.route().order(-1000).handler(this::admit);
        for (int status : new int[] {400, 404, 405, 413, 414, 431, 500, 501, 503}) {
            server.errorHandler(status, context -> fail(context, status));
        }
    }

    void errorsOf(Router generation) {
        for (int status : new int[] {400, 404, 405, 413, 414, 431, 500, 501, 503}) {
            generation.errorHandler(status, context -> fail(context, status));
        }
    }

    private void admit(RoutingContext context) {
        Router router = current.get();
        if (router == null || draining.get()) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            refuse(context, GatewayError.of(503, "shutting_down", router == null ? "The gateway is starting."
                    : "The gateway is stopping."));
            return;
        }
        if (!context.normalizedPath().equals(context.request().path())) {
            // One spelling leads in: /v1//models and /v1/../v1/models do not.
            fail(context, 404);
            return;
        }
        if (context.request().method() == HttpMethod.POST && unreadable(context)) {
            return;
        }
        router.handleContext(context);
    }

    private boolean unreadable(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !isJson(type)) {
            refuse(context, GatewayError.of(415, "unsupported_media_type",
                    "Send JSON, with the header Content-Type: application/json (curl: -H 'Content-Type: application/json')."));
            return true;
        }
        String encoding = context.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            refuse(context, GatewayError.of(415, "unsupported_content_encoding",
                    "Send the body uncompressed, without the header Content-Encoding."));
            return true;
        }
        return false;
    }

    private static boolean isJson(String type) {
        String media = type.toLowerCase(Locale.ROOT).split(";", 2)[0].trim();
        return media.equals("application/json") || media.startsWith("application/") && media.endsWith("+json");
    }

    private void fail(RoutingContext context, int status) {
        refuse(context, switch (status) {
            case 404 -> GatewayError.of(404, "not_found", "There is nothing at " + path(context) + ".");
            case 405 -> GatewayError.of(405, "method_not_allowed",
                    context.request().method() + " is not possible at " + path(context) + ".");
            case 413 -> GatewayError.of(413, "request_too_large",
                    "The body is larger than the gateway takes. The limit is server.max-body in config/camelback.yaml.");
            case 500 -> GatewayError.of(500, "internal_error", "The gateway failed. The log has the details.");
            case 503 -> GatewayError.of(503, "unavailable", "The gateway cannot answer now.");
            default -> GatewayError.of(status, "bad_request", "The HTTP request cannot be read.");
        });
    }

    /** The path as far as it is harmless to repeat. */
    private static String path(RoutingContext context) {
        String path = context.normalizedPath();
        return path != null && path.matches("[\\w/.:-]{1,100}") ? path : "this path";
    }

    private void refuse(RoutingContext context, GatewayError error) {
        if (context.response().headWritten()) {
            return;
        }
        String id = RequestIds.of(context.request().getHeader("x-request-id"));
        Map<String, String> headers = new HashMap<>(ReplyHeaders.of(id));
        ReplyHeaders.addRetryAdvice(headers, error);
        headers.forEach(context.response()::putHeader);
        if (error.status() == 413 || error.status() == 415) {
            // The rest of the body is not read: the connection cannot be used again.
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        Door door = doors.apply(context.request().path());
        context.response().setStatusCode(door.status(error)).putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.text(door.writeError(error, id)));
    }
}
