package io.camelback.cli.command;

import io.camelback.server.GatewayServer;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles SIGTERM and Ctrl-C. The JVM's own handler ends the program at the first signal; here a second one shortens
 * the stop. SIGTERM is how Kubernetes and systemd stop a service, so clients may still send requests for a while;
 * Ctrl-C stops without that delay.
 */
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private StopSignals() {}

    static void listen(GatewayServer gateway) {
        listen("TERM", true, gateway);
        listen("INT", false, gateway);
    }

    private static void listen(String name, boolean delayed, GatewayServer gateway) {
        if (Signals.register(name, () -> gateway.requestStop(delayed)) == null) {
            // With -Xrs the JVM leaves its signals alone; then its shutdown hook stops the gateway, with the delay.
            LOG.info("SIG{} cannot be handled in this JVM: a second one will not shorten the stop", name);
        }
    }
}
