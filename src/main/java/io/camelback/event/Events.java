package io.camelback.event;

/** Where events are told. Callable from any thread, at any time: it returns at once, and never throws. */
@FunctionalInterface
public interface Events {
    /** For those to whom nobody listens. */
    Events NOBODY = event -> { };

    void publish(Event event);
}
