package io.camelback.cli.command;

import io.camelback.server.ListenAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the gateway finds its files and where it listens. */
final class ServerOptions {
    @Mixin
    HomeOptions home;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:CAMELBACK_HOST:-127.0.0.1}",
            description =
                    "The address to listen on; others than loopback only with client keys. Default: $CAMELBACK_HOST, or 127.0.0.1.")
    String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:CAMELBACK_PORT:-8080}",
            description = "The API's port. Default: $CAMELBACK_PORT, or 8080.")
    int port;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "${env:CAMELBACK_MANAGEMENT_PORT:-9876}",
            description =
                    "The port of /observe/health and /observe/metrics. Default: $CAMELBACK_MANAGEMENT_PORT, or 9876.")
    int managementPort;

    @Option(
            names = "--management-host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:CAMELBACK_MANAGEMENT_HOST:-127.0.0.1}",
            description =
                    "The address of the management port; others than loopback only with CAMELBACK_MANAGEMENT_TOKEN."
                            + " Default: $CAMELBACK_MANAGEMENT_HOST, or 127.0.0.1.")
    String managementHost;

    @Option(
            names = "--probe-port",
            paramLabel = "PORT",
            defaultValue = "${env:CAMELBACK_PROBE_PORT:-" + Option.NULL_VALUE + "}",
            description = "A port that serves /startup, /live and /ready and nothing else, to anybody who reaches it."
                    + " Default: $CAMELBACK_PROBE_PORT, or none.")
    Integer probePort;

    @Option(
            names = "--probe-host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:CAMELBACK_PROBE_HOST:-127.0.0.1}",
            description =
                    "The address of the probe port; 0.0.0.0 for a kubelet. Default: $CAMELBACK_PROBE_HOST, or 127.0.0.1.")
    String probeHost;

    /** @return what is wrong with these options and how to mend it; null when nothing is */
    String problem() {
        String homeProblem = home.problem();
        if (homeProblem != null) {
            return homeProblem;
        }
        if (port == managementPort && port != 0) {
            return "The API and the management port are both " + port
                    + ". Give them different ones with --port and --management-port.";
        }
        if (probePort != null && probePort != 0 && (probePort == port || probePort == managementPort)) {
            return "The probe port " + probePort + " is also the " + (probePort == port ? "API's" : "management")
                    + " port. Give it another one with --probe-port.";
        }
        return Stream.of(
                        unknown("--host", host),
                        unknown("--management-host", managementHost),
                        unknown("--probe-host", probeHost))
                .filter(problem -> problem != null)
                .findFirst()
                .orElse(null);
    }

    private static String unknown(String option, String host) {
        try {
            InetAddress.getByName(host);
            return null;
        } catch (UnknownHostException e) {
            return "The host " + host + " is not known. Use " + option + " 127.0.0.1.";
        }
    }

    ListenAddresses addresses() {
        return new ListenAddresses(host, port, managementHost, managementPort, probeHost, probePort);
    }

    /** @return why this folder cannot be the gateway's, and how to mend it; null when it can */
    static String homeProblem(Path home) {
        return HomeOptions.problem(home);
    }
}
