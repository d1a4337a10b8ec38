package io.camelback.event;

/** Publishes events. Callable from any thread, at any time: it returns at once, and never throws. */
@FunctionalInterface
public interface EventPublisher {
    /** For those to whom nobody listens. */
    EventPublisher NOBODY = event -> {};

    void publish(GatewayEvent event);
}
