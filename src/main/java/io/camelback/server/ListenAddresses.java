package io.camelback.server;

/**
 * Where a gateway listens. Port 0 is any free one.
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
}
