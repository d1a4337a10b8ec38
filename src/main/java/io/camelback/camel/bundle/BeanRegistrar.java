package io.camelback.camel.bundle;

import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;

/** Puts beans under the names that routes and Kamelets know. */
final class BeanRegistrar {
    private final Registry registry;

    BeanRegistrar(Registry registry) {
        this.registry = registry;
    }

    /** A step of a route, guarded as {@link GuardedProcessor} says. */
    void bind(String name, Processor processor) {
        registry.bind(name, Processor.class, new GuardedProcessor(processor));
    }

    void bindBean(String name, Object bean) {
        registry.bind(name, bean);
    }

    Registry registry() {
        return registry;
    }
}
