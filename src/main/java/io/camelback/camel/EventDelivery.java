package io.camelback.camel;

import io.camelback.dialect.Json;
import io.camelback.event.Event;
import io.camelback.event.Notice;
import io.camelback.observe.Documents;
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
 * Brings events to the route {@code direct:event}, one after the other, on a thread of its own: a sink that is slow makes the
 * others wait and no request. Of those that wait, at most {@link #WAITING} are kept, of
 * mere information half as many; what comes then is left out of the route.
 */
final class EventDelivery implements AutoCloseable {
    static final int WAITING = 200;
    private static final String ROUTE = "direct:event";
    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);

    private final Supplier<CamelContext> serving;
    private final ThreadPoolExecutor thread;

    /** @param serving the context whose routes are in force; null while there is none */
    EventDelivery(Supplier<CamelContext> serving) {
        this.serving = serving;
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
            Thread one = new Thread(task, "camelback-event-sinks");
            one.setDaemon(true);
            return one;
        }, (task, full) -> LOG.warn("An event was not handed to the route {}: {} are waiting", ROUTE, WAITING));
    }

    void accept(Notice notice) {
        boolean minor = notice.event().type().severity() == Event.Severity.INFO;
        if (minor && thread.getQueue().size() >= WAITING / 2) {
            return;
        }
        thread.execute(() -> send(notice));
    }

    private void send(Notice notice) {
        CamelContext context = serving.get();
        if (context == null || context.hasEndpoint(ROUTE) == null) {
            return;
        }
        Map<String, Object> headers = Map.of("type", notice.event().type().word(),
                "severity", notice.event().type().severity().word(), "subject", notice.event().subject(),
                "text", notice.event().text());
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBodyAndHeaders(ROUTE, Json.text(Documents.event(notice)), headers);
        } catch (Exception e) {
            // The exception's own words may hold the address of a sink, and with it a secret.
            LOG.warn("The route {} took no {}: {}", ROUTE, notice.event().type().word(), e.getClass().getSimpleName());
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
