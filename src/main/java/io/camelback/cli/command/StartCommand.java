package io.camelback.cli.command;

import io.camelback.config.yaml.ConfigException;
import io.camelback.ledger.LedgerRefusedException;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.GatewayServer;
import io.camelback.server.InsecureBindException;
import java.io.PrintWriter;
import java.net.BindException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bin/camelback start}: serves until it is told to stop. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Start the gateway.",
        footer = {
            "",
            "Providers come from the environment: OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY and others,",
            "each with a ..._BASE_URL to ask somewhere else. See config/camelback.yaml.",
            "SIGTERM: not ready at once; new requests are served for server.stop-delay, running ones may take server.stop-grace.",
            "Ctrl-C: without the delay. A second signal shortens either.",
            "Exit codes: 0 stopped, 1 failed, 2 the options or the configuration are wrong."
        })
public final class StartCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        String problem = options.problem();
        if (problem != null) {
            err.println(problem);
            return 2;
        }
        try (GatewayServer gateway = GatewayServer.start(
                options.home.home, options.addresses(), System::getenv, GatewayRuntime.create(Clock.systemUTC()))) {
            StopSignals.listen(gateway);
            err.printf(
                    "Camelback serves %s:%d (API) and %s:%d (health, metrics). Stop it with Ctrl-C.%n",
                    options.host, gateway.port(), options.managementHost, gateway.managementPort());
            gateway.probePort()
                    .ifPresent(
                            port -> err.printf("Probes: %s:%d/startup, /live and /ready.%n", options.probeHost, port));
            gateway.awaitStop();
            return 0;
        } catch (ConfigException | InsecureBindException e) {
            err.println(e.getMessage());
            return 2;
        } catch (LedgerRefusedException e) {
            err.println(e.getMessage());
            return 1;
        } catch (BindException e) {
            err.println(e.getMessage() + " See --port, --management-port and --probe-port.");
            return 1;
        }
    }
}
