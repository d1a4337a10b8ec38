package io.camelback.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The addresses that a gateway listens on. Port 0 is any free one.
 *
 * @param host of the API
 * @param managementHost of health, metrics, dashboard and actions
 * @param probeHost of the probes, which anybody may ask who reaches them
 * @param probePort null for none
 */
public record ListenAddresses(
        String host, int port, String managementHost, int managementPort, String probeHost, Integer probePort) {
    static final String LOOPBACK = "127.0.0.1";

    /** With the management port on loopback, and no probe port. */
    public static ListenAddresses of(String host, int port, int managementPort) {
        return new ListenAddresses(host, port, LOOPBACK, managementPort, LOOPBACK, null);
    }

    /**
     * The management port, another one than the API's: given one port for both, Camel serves both there, and health and
     * metrics are not for callers. With both 0, one that is free now.
     *
     * @throws IllegalArgumentException when both are the same
     */
    int separateManagementPort() throws IOException {
        if (port != managementPort) {
            return managementPort;
        }
        if (port != 0) {
            throw new IllegalArgumentException("The API and the management port must differ; both are " + port);
        }
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /**
     * Checked before Camel listens, because Camel only logs that it could not, and goes on.
     *
     * @throws BindException when another program has the port
     */
    static void requireFree(String host, int port) throws IOException {
        try {
            new ServerSocket(port, 1, InetAddress.getByName(host)).close();
        } catch (BindException e) {
            throw new BindException("Port " + port + " of " + host + " is in use by another program."
                    + " Stop that program, or choose another port.");
        }
    }
}
