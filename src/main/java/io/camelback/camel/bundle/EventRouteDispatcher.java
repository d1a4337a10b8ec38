package io.camelback.camel.bundle;

import io.camelback.event.DeliveredEvent;
import io.camelback.event.GatewayEvent;
import io.camelback.json.Json;
import io.camelback.telemetry.record.TelemetryJson;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to the route {@code direct:event}, one after the other, on a thread of its own: a sink that is slow
 * makes the others wait and no request. Of those that wait, at most {@link #WAITING} are kept, of mere information half
 * as many; what comes then is left out of the route.
 */
public final class EventRouteDispatcher implements AutoCloseable {
    static final int WAITING = 200;
    private static final String ROUTE = "direct:event";
    private static final Logger LOG = LoggerFactory.getLogger(EventRouteDispatcher.class);

    private final Supplier<CamelContext> serving;
    private final ThreadPoolExecutor thread;

    /** @param serving the context whose routes are in force; null while there is none */
    public EventRouteDispatcher(Supplier<CamelContext> serving) {
        this.serving = serving;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> {
                    Thread one = new Thread(task, "camelback-event-sinks");
                    one.setDaemon(true);
                    return one;
                },
                (task, full) -> LOG.warn("An event was not handed to the route {}: {} are waiting", ROUTE, WAITING));
    }

    public void accept(DeliveredEvent notice) {
        boolean minor = notice.event().type().severity() == GatewayEvent.Severity.INFO;
        if (minor && thread.getQueue().size() >= WAITING / 2) {
            return;
        }
        thread.execute(() -> send(notice));
    }

    private void send(DeliveredEvent notice) {
        CamelContext context = serving.get();
        if (context == null || context.hasEndpoint(ROUTE) == null) {
            return;
        }
        Map<String, Object> headers = Map.of(
                "type",
                notice.event().type().word(),
                "severity",
                notice.event().type().severity().word(),
                "subject",
                notice.event().subject(),
                "text",
                notice.event().text());
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBodyAndHeaders(ROUTE, Json.text(TelemetryJson.event(notice)), headers);
        } catch (Exception e) {
            // The exception's own words may hold the address of a sink, and with it a secret.
            LOG.warn(
                    "The route {} took no {}: {}",
                    ROUTE,
                    notice.event().type().word(),
                    e.getClass().getSimpleName());
        }
    }

    /** What waits is lost, what is being sent has two seconds. */
    @Override
    public void close() {
        thread.shutdown();
        thread.getQueue().clear();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
