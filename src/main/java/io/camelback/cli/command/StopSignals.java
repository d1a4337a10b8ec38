package io.camelback.cli.command;

import io.camelback.server.GatewayServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * What SIGTERM and Ctrl-C do. A JVM's own handling knows one signal and only ends; here a second one hastens the stop.
 * SIGTERM is how Kubernetes and systemd stop a service, so callers may still come for a while; a person at a terminal
 * wants an end.
 */
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private StopSignals() {}

    static void listen(GatewayServer gateway) {
        listen("TERM", true, gateway);
        listen("INT", false, gateway);
    }

    private static void listen(String name, boolean delayed, GatewayServer gateway) {
        try {
            Signal.handle(new Signal(name), signal -> gateway.requestStop(delayed));
        } catch (IllegalArgumentException e) {
            // With -Xrs the JVM leaves its signals alone; then its shutdown hook stops the gateway, with the delay.
            LOG.info("SIG{} cannot be handled here ({}): a second one will not hasten a stop", name, e.getMessage());
        }
    }
}
