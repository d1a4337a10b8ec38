package io.camelback.cli.demo;

import io.camelback.cli.command.HomeCommand;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.config.yaml.ConfigException;
import io.camelback.server.GatewayServer;
import io.camelback.server.export.LogSilencer;
import io.camelback.simulator.SimulatedProviders;
import java.io.PrintWriter;
import java.net.BindException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bin/camelback demo}: the real gateway with simulated providers that fail on a script, and a table of the
 * results.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Watch requests survive a provider's outage. Needs no key and no network, and takes about 15 seconds.",
        footer = {
            "",
            "The gateway is the real one, with your routes, Kamelets and configuration.",
            "Only the providers are simulated, and timers and cooldowns are shortened in",
            "a copy of the configuration. Nothing leaves this machine.",
            "",
            "Exit codes: 0 all went as told, 1 something did not, 2 the options or the",
            "configuration are wrong."
        })
public final class DemoCommand extends HomeCommand {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration TO_CLEAN_UP = Duration.ofSeconds(10);
    private static final String HOST = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The gateway's port. Default: any free one.")
    private int port;

    @Option(
            names = "--keep",
            description = "Stay up at the end, so that you can send requests of your own; Ctrl-C stops it.")
    private boolean keep;

    @Option(names = "--verbose", description = "Show the gateway's log as well.")
    private boolean verbose;

    @Override
    protected int run() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(stopping(Thread.currentThread(), over));
        try {
            return play() ? 0 : 1;
        } catch (InterruptedException e) {
            return 1;
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return 2;
        } catch (BindException e) {
            err.println(e.getMessage() + " Without --port the demo takes a free one.");
            return 1;
        } finally {
            over.countDown();
        }
    }

    /** Ctrl-C ends the demo where it stands, and still leaves nothing behind. */
    private static Thread stopping(Thread demo, CountDownLatch over) {
        return new Thread(
                () -> {
                    demo.interrupt();
                    try {
                        over.await(TO_CLEAN_UP.toSeconds(), TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "camelback-demo-stop");
    }

    private boolean play() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        TerminalStyle terminal = TerminalStyle.here(System.getenv());
        out.println("Starting Camelback and five simulated providers" + terminal.ellipsis());
        out.flush();
        try (LogSilencer log = verbose ? null : LogSilencer.begin();
                SimulatedProviders lab = SimulatedProviders.start();
                DemoHome copy = DemoHome.of(home.home, lab)) {
            Map<String, String> environment = lab.environment();
            try (GatewayServer gateway = GatewayServer.start(copy.folder(), HOST, port, 0, environment::get)) {
                boolean asTold =
                        new DemoRunner(gateway, lab, new DemoTable(out, terminal), PAUSE).play(DemoScene.story());
                out.println();
                if (keep) {
                    out.println(
                            "The gateway stays up, and its simulated providers are well. Stop it with Ctrl-C. Try it:");
                    curl(out, gateway.port());
                    out.println("  The dashboard: http://" + HOST + ":" + gateway.managementPort() + "/");
                    out.flush();
                    restore(log);
                    gateway.awaitStop();
                } else {
                    out.println("Now with real models. One key is enough to begin; what has none is passed over:");
                    out.println("  ANTHROPIC_API_KEY=... OPENAI_API_KEY=... bin/camelback start");
                    curl(out, 8080);
                    out.println("Or without a key, before the simulated ones:  bin/camelback demo --keep");
                    out.flush();
                }
                return asTold;
            }
        }
    }

    private static void restore(LogSilencer log) {
        if (log != null) {
            log.close();
        }
    }

    private static void curl(PrintWriter out, int port) {
        out.println("  curl -s http://" + HOST + ":" + port
                + "/v1/chat/completions -H 'content-type: application/json' \\");
        out.println("    -d '{\"model\": \"premium\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'");
        out.flush();
    }
}
