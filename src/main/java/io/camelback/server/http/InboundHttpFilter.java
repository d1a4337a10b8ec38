package io.camelback.server.http;

import io.camelback.camel.inbound.ApiKeyAuthenticator;
import io.camelback.chat.GatewayError;
import io.camelback.clientkey.FailedAuthLimiter;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stands before the endpoints, on the HTTP server itself: what never becomes a request of a route (a wrong path, method
 * or content type, a body too large) is answered here, in the same envelope and with the same headers as the rest.
 */
public final class InboundHttpFilter {
    private static final Duration SOON = Duration.ofSeconds(1);
    /** Where clients ask whether somebody is here, which needs no key. */
    private static final Set<String> GREETINGS = Set.of("/", "/api/hello");

    private final RefusalWriter refusals;
    private final Supplier<Router> current;
    private final ShutdownSequence shutdown;
    private final Supplier<Duration> bodyTimeout;
    private final ApiKeyAuthenticator authenticator;
    private final FailedAuthLimiter wrongKeys;
    private final ResponsesWebSockets webSockets;

    /**
     * @param codecs the API format for a path and headers
     * @param current the router of the generation that serves; null while there is none
     * @param bodyTimeout how long a request's body may take
     */
    public InboundHttpFilter(
            BiFunction<String, UnaryOperator<String>, ClientCodec> codecs,
            Supplier<Router> current,
            ShutdownSequence shutdown,
            Supplier<Duration> bodyTimeout,
            ApiKeyAuthenticator authenticator,
            FailedAuthLimiter wrongKeys,
            ResponsesWebSockets webSockets) {
        this.refusals = new RefusalWriter(codecs);
        this.current = current;
        this.shutdown = shutdown;
        this.bodyTimeout = bodyTimeout;
        this.authenticator = authenticator;
        this.wrongKeys = wrongKeys;
        this.webSockets = webSockets;
    }

    public void attach(Router server) {
        server.route().order(-1000).handler(this::admit).failureHandler(InboundHttpFilter::left);
        for (int status : new int[] {400, 404, 405, 413, 414, 431, 500, 501, 503}) {
            server.errorHandler(status, context -> fail(context, status));
        }
    }

    public void errorsOf(Router generation) {
        for (int status : new int[] {400, 404, 405, 413, 414, 431, 500, 501, 503}) {
            generation.errorHandler(status, context -> fail(context, status));
        }
    }

    /** A caller who has left in the middle of its body is no failure, and hears nothing any more. */
    private static void left(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException || context.failure() instanceof IOException) {
            context.request().connection().close();
        } else {
            context.next();
        }
    }

    private void admit(RoutingContext context) {
        Router router = current.get();
        GatewayError closed = closed(context, router);
        if (closed != null) {
            refusals.write(context, closed, true);
            return;
        }
        if (!context.normalizedPath().equals(context.request().path())) {
            // One spelling leads in: /v1//models and /v1/../v1/models do not.
            fail(context, 404);
            return;
        }
        if (refusedByKey(context)) {
            return;
        }
        if (webSockets.takes(context)) {
            dial(context);
            return;
        }
        if (context.request().method() == HttpMethod.POST && unreadable(context)) {
            return;
        }
        RequestBodyTimeout.watch(context, bodyTimeout.get(), slow -> fail(slow, 408));
        router.handleContext(context);
    }

    private void dial(RoutingContext context) {
        if (OriginCheck.foreignPage(context.request())) {
            refusals.write(
                    context,
                    GatewayError.of(
                            403,
                            "foreign_origin",
                            "No page of another origin may dial a WebSocket. Dial without the header Origin, from a program."),
                    true);
        } else {
            webSockets.accept(context);
        }
    }

    /** The methods that are served at this path, as RFC 9110, 15.5.6 wants them told. */
    private String allowed(RoutingContext context) {
        Router router = current.get();
        String path = context.normalizedPath();
        return router == null
                ? ""
                : router.getRoutes().stream()
                        .filter(route -> route.getPath() != null && serves(route, path))
                        .flatMap(route -> route.methods() == null ? Stream.of() : route.methods().stream())
                        .map(HttpMethod::name)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static boolean serves(Route route, String path) {
        return path.matches(route.getPath().replaceAll(":[A-Za-z]+", "[^/]+").replace("*", ".*"));
    }

    /** Codex dials a WebSocket first: of all answers only this one makes it go on over HTTP at once. */
    private static boolean dialsWebSocket(RoutingContext context) {
        return context.request().method() == HttpMethod.GET
                && "websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE));
    }

    /** Why no request is taken now, or this one is not; null when it is. */
    private GatewayError closed(RoutingContext context, Router router) {
        if (router == null) {
            return new GatewayError(503, "starting", "The gateway is starting. Try again in 1 second.", null, SOON);
        }
        if (shutdown.refusing()) {
            return ErrorEnvelope.shuttingDown();
        }
        if (VertxServerLimits.tooMany(context.request().connection())) {
            return new GatewayError(
                    503,
                    "too_many_connections",
                    "The gateway has as many connections as it takes. The limit is"
                            + " server.max-connections in config/camelback.yaml. Try again in 1 second.",
                    null,
                    SOON);
        }
        return hostProblem(context.request());
    }

    /** RFC 9112, 3.2: a request says once whom it means. Two answers to that are how one is smuggled past a proxy. */
    private static GatewayError hostProblem(HttpServerRequest request) {
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        boolean must = request.version() == HttpVersion.HTTP_1_1;
        return hosts == 1 || hosts == 0 && !must
                ? null
                : GatewayError.of(
                        400,
                        "bad_request",
                        "The request has " + (hosts == 0 ? "no" : "more than one") + " Host header. Send one.");
    }

    /** Whoever has no key, where keys are wanted, is answered before anything of the body is read. */
    private boolean refusedByKey(RoutingContext context) {
        if (GREETINGS.contains(context.request().path())) {
            return false;
        }
        try {
            authenticator.admit(context.request());
            return false;
        } catch (InvalidRequestException e) {
            GatewayError error = e.error();
            if (error.status() == 401) {
                error = wrongKeys
                        .count(context.request().remoteAddress().hostAddress())
                        .map(wait -> new GatewayError(
                                429, "too_many_wrong_keys", "Too many requests with a wrong key.", null, wait))
                        .orElse(error);
            }
            refusals.write(context, error, context.request().method() != HttpMethod.GET);
            return true;
        }
    }

    private boolean unreadable(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null ? OriginCheck.foreignPage(context.request()) : !isJson(type)) {
            refuse(
                    context,
                    GatewayError.of(
                            415,
                            "unsupported_media_type",
                            "Send JSON, with the header Content-Type: application/json (curl: -H 'Content-Type: application/json')."));
            return true;
        }
        String encoding = context.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            refuse(
                    context,
                    GatewayError.of(
                            415,
                            "unsupported_content_encoding",
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
        if (context.get(MeteredBody.REFUSAL) instanceof GatewayError told && told.status() == status) {
            refusals.write(context, told, true);
            return;
        }
        refuse(
                context,
                switch (status) {
                    case 404 -> GatewayError.of(404, "not_found", "There is nothing at " + path(context) + ".");
                    case 405 -> wrongMethod(context);
                    case 408 ->
                        GatewayError.of(
                                408,
                                "request_timeout",
                                "The body took too long to arrive. The limit is server.timeouts.body in config/camelback.yaml.");
                    case 413 ->
                        GatewayError.of(
                                413,
                                "request_too_large",
                                "The body is larger than the gateway takes. The limit is server.max-body in config/camelback.yaml.");
                    case 500 -> GatewayError.of(500, "internal_error", "The gateway failed. The log has the details.");
                    case 503 -> new GatewayError(503, "unavailable", "The gateway cannot answer now.", null, SOON);
                    default -> GatewayError.of(status, "bad_request", "The HTTP request cannot be read.");
                });
    }

    private GatewayError wrongMethod(RoutingContext context) {
        String path = path(context);
        if (dialsWebSocket(context)) {
            context.response().putHeader(HttpHeaders.UPGRADE, "HTTP/1.1");
            return GatewayError.of(
                    426, "upgrade_required", "WebSocket is not spoken at " + path + ". Send a POST over HTTP/1.1.");
        }
        String allowed = allowed(context);
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        return GatewayError.of(
                405,
                "method_not_allowed",
                context.request().method() + " is not possible at " + path + ". Allowed: " + allowed + ".");
    }

    /** The path as far as it is harmless to repeat. */
    private static String path(RoutingContext context) {
        String path = context.normalizedPath();
        return path != null && path.matches("[\\w/.:-]{1,100}") ? path : "this path";
    }

    private void refuse(RoutingContext context, GatewayError error) {
        refusals.write(context, error, Set.of(408, 413, 415, 426).contains(error.status()));
    }
}
