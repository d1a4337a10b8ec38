package io.camelback.server.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * {@code GET /api/live}: the state as server-sent events. The first event of a viewer is all of it; then, once a
 * second, those of its top-level fields that have changed. Nothing is made while there is no viewer. One that reads too
 * slowly misses some, gets all again once it can read, and is given up in the end.
 */
final class StateEventStream implements Handler<RoutingContext>, AutoCloseable {
    static final int MOST_VIEWERS = 32;
    private static final long EVERY_MS = 1000;
    private static final int MOST_MISSED = 15;

    private final Vertx vertx;
    private final Supplier<ObjectNode> state;
    private final Map<HttpServerResponse, Viewer> viewers = new HashMap<>();
    private final Map<String, String> last = new HashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final long timer;

    private static final class Viewer {
        private final HttpConnection connection;
        private boolean knowing;
        private int missed;

        Viewer(HttpConnection connection) {
            this.connection = connection;
        }
    }

    StateEventStream(Vertx vertx, Supplier<ObjectNode> state) {
        this.vertx = vertx;
        this.state = state;
        this.timer = vertx.setPeriodic(EVERY_MS, tick -> push());
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        synchronized (viewers) {
            if (viewers.size() >= MOST_VIEWERS) {
                response.setStatusCode(503).putHeader("Retry-After", "10").end();
                return;
            }
            viewers.put(response, new Viewer(context.request().connection()));
        }
        response.setChunked(true).putHeader("content-type", "text/event-stream").putHeader("cache-control", "no-store");
        response.closeHandler(left -> leave(response));
        response.write("retry: 2000\n\n");
        push();
    }

    private void leave(HttpServerResponse response) {
        synchronized (viewers) {
            viewers.remove(response);
        }
    }

    /** Tells what has changed, now and not only at the next second. */
    void push() {
        synchronized (viewers) {
            if (viewers.isEmpty() || !writing.compareAndSet(false, true)) {
                return;
            }
        }
        vertx.executeBlocking(
                        () -> {
                            send(state.get());
                            return null;
                        },
                        false)
                .onComplete(done -> writing.set(false));
    }

    private void send(ObjectNode now) {
        Map<String, String> fields = new HashMap<>();
        now.properties().forEach(field -> fields.put(field.getKey(), Json.text(field.getValue())));
        ObjectNode changed = Json.object();
        now.properties().forEach(field -> {
            if (!fields.get(field.getKey()).equals(last.get(field.getKey()))) {
                changed.set(field.getKey(), field.getValue());
            }
        });
        last.keySet().stream().filter(field -> !fields.containsKey(field)).forEach(changed::putNull);
        last.clear();
        last.putAll(fields);
        String news = event(changed);
        String all = event(now);
        List<HttpConnection> lost = new ArrayList<>();
        synchronized (viewers) {
            viewers.forEach((response, viewer) -> {
                if (!response.writeQueueFull()) {
                    response.write(viewer.knowing ? news : all);
                    viewer.missed = 0;
                } else if (++viewer.missed > MOST_MISSED) {
                    lost.add(viewer.connection);
                }
                viewer.knowing = viewer.missed == 0;
            });
        }
        lost.forEach(HttpConnection::close);
    }

    private static String event(ObjectNode json) {
        return "event: state\ndata: " + Json.text(json) + "\n\n";
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        List<HttpServerResponse> all;
        synchronized (viewers) {
            all = new ArrayList<>(viewers.keySet());
        }
        all.forEach(HttpServerResponse::end);
    }
}
