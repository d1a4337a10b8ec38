package io.camelback.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the gateway finds its files and where it listens. */
final class ServerOptions {
    @Mixin
    HomeOptions home;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "${env:CAMELBACK_HOST:-127.0.0.1}",
            description = "The address to listen on; others than loopback only with client keys. Default: $CAMELBACK_HOST, or 127.0.0.1.")
    String host;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "${env:CAMELBACK_PORT:-8080}",
            description = "The API's port. Default: $CAMELBACK_PORT, or 8080.")
    int port;

    @Option(names = "--management-port", paramLabel = "PORT", defaultValue = "${env:CAMELBACK_MANAGEMENT_PORT:-9876}",
            description = "The port of /observe/health and /observe/metrics, on 127.0.0.1. Default: $CAMELBACK_MANAGEMENT_PORT, or 9876.")
    int managementPort;

    /** @return what is wrong with these options and how to mend it; null when nothing is */
    String problem() {
        String homeProblem = home.problem();
        if (homeProblem != null) {
            return homeProblem;
        }
        if (port == managementPort && port != 0) {
            return "The API and the management port are both " + port + ". Give them different ones with --port and --management-port.";
        }
        try {
            InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return "The host " + host + " is not known. Use --host 127.0.0.1.";
        }
        return null;
    }

    /** @return why this folder cannot be the gateway's, and how to mend it; null when it can */
    static String homeProblem(Path home) {
        return HomeOptions.problem(home);
    }
}
