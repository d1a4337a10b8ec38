package io.camelback.server;

import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.server.management.ManagementAuthorizer;
import java.io.IOException;
import java.net.InetAddress;

/** The gateway refuses to listen beyond loopback without authentication. */
public final class InsecureBindException extends IOException {
    private static final long serialVersionUID = 1L;

    private InsecureBindException(String message) {
        super(message);
    }

    /** The management port may be reached by others only with a token. @param token null or blank for none */
    static void checkManagement(String host, String token) throws IOException {
        if ((token == null || token.isBlank()) && !InetAddress.getByName(host).isLoopbackAddress()) {
            throw new InsecureBindException(
                    "The management port serves loopback only without a token: anyone who reaches " + host
                            + " could switch models off. Set " + ManagementAuthorizer.TOKEN
                            + ", or use --management-host 127.0.0.1. For a"
                            + " kubelet's probes there is --probe-port.");
        }
    }

    /**
     * Without keys, only loopback; with them, wherever the operator says, and then a key is wanted come what may.
     *
     * @param required whether the configuration wants keys
     */
    static void check(String host, PersistenceServices accounts, boolean required) throws IOException {
        if (InetAddress.getByName(host).isLoopbackAddress()) {
            return;
        }
        if (!required && accounts.keys().filter(ring -> ring.wanted()).isEmpty()) {
            throw new InsecureBindException(
                    "Camelback serves loopback only until there are client keys: anyone who reaches " + host
                            + " could spend your money. Make one with bin/camelback key create NAME, or say keys: required in"
                            + " config/camelback.yaml, or use --host 127.0.0.1.");
        }
        accounts.keys().ifPresent(ring -> ring.demand());
    }
}
