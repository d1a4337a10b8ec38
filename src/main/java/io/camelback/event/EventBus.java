package io.camelback.event;

import io.camelback.concurrent.DaemonThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events one after the other on a thread of its own, so that publishers neither wait nor fail. A condition is
 * delivered once in a window, and again when it ended in between; when more is told than can be delivered, the rest is
 * dropped and counted.
 */
public final class EventBus implements EventPublisher, AutoCloseable {
    /** How long a condition is old news after it was delivered. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);
    private static final int WAITING = 1000;
    private static final int CONDITIONS = 4096;

    private final Clock clock;
    private final List<Consumer<DeliveredEvent>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final ThreadPoolExecutor delivery;
    private final Map<Condition, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Condition, Told> eldest) {
            return size() > CONDITIONS;
        }
    };
    private long count;

    private record Condition(GatewayEvent.Type type, String subject) {}

    private static final class Told {
        private Instant at;
        private long repeated;
    }

    public EventBus(Clock clock) {
        this.clock = clock;
        this.delivery = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), DaemonThreads.named("camelback-events"));
    }

    /** From now on this one is told, too, on the bus's thread. What it throws is logged, and hurts nobody else. */
    public void listen(Consumer<DeliveredEvent> listener) {
        listeners.add(listener);
    }

    @Override
    public void publish(GatewayEvent event) {
        if (event.type().severity() == GatewayEvent.Severity.INFO
                && delivery.getQueue().size() >= WAITING / 2) {
            // Room for what somebody has to wake up for.
            dropped.incrementAndGet();
            return;
        }
        try {
            delivery.execute(() -> deliver(event));
        } catch (RejectedExecutionException full) {
            dropped.incrementAndGet();
        }
    }

    /** How many events were told faster than they could be delivered, and are lost. */
    public long dropped() {
        return dropped.get();
    }

    private void deliver(GatewayEvent event) {
        DeliveredEvent notice = news(event);
        if (notice == null) {
            return;
        }
        for (Consumer<DeliveredEvent> listener : listeners) {
            try {
                listener.accept(notice);
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "The event {} of {} could not be delivered: {}",
                        event.type().word(),
                        event.subject(),
                        e.getClass().getSimpleName());
            }
        }
    }

    /** @return null when it is old news */
    private DeliveredEvent news(GatewayEvent event) {
        Instant now = clock.instant();
        if (event.type() == GatewayEvent.Type.REVIEW) {
            // Each is about another request: to remember them all would push out what has to be remembered.
            return notice(now, event, 0);
        }
        if (event.type().ends() != null) {
            told.remove(new Condition(event.type().ends(), event.subject()));
        }
        Told last = told.computeIfAbsent(new Condition(event.type(), event.subject()), condition -> new Told());
        if (last.at != null && now.isBefore(last.at.plus(WINDOW))) {
            last.repeated++;
            return null;
        }
        long repeated = last.repeated;
        last.at = now;
        last.repeated = 0;
        return notice(now, event, repeated);
    }

    private DeliveredEvent notice(Instant now, GatewayEvent event, long repeated) {
        return new DeliveredEvent("evt-" + now.toEpochMilli() + "-" + ++count, now, event, repeated);
    }

    /** Delivers what waits, for no longer than two seconds. */
    @Override
    public void close() {
        delivery.shutdown();
        try {
            if (!delivery.awaitTermination(2, TimeUnit.SECONDS)) {
                delivery.shutdownNow();
            }
        } catch (InterruptedException e) {
            delivery.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
