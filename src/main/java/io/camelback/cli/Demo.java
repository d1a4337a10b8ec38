package io.camelback.cli;

import io.camelback.camel.Standalone;
import io.camelback.config.ConfigException;
import io.camelback.lab.Lab;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/camelback demo}: the real gateway before providers that fail on a script, and a table of what came of it. */
@Command(name = "demo", mixinStandardHelpOptions = true,
        description = "Watch requests survive a provider's outage. Needs no key and no network, and takes about 15 seconds.",
        footer = {"", "The gateway is the real one, with your routes, Kamelets and configuration; only the providers are simulated, and",
            "timers and cooldowns are shortened in a copy of the configuration. Nothing leaves this machine.",
            "Exit codes: 0 all went as told, 1 something did not, 2 the options or the configuration are wrong."})
final class Demo implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(350);
    private static final String HOST = "127.0.0.1";

    @Option(names = "--home", paramLabel = "DIR", defaultValue = "${env:CAMELBACK_HOME:-.}",
            description = "The folder with routes/, kamelets/ and config/. Default: $CAMELBACK_HOME, or this checkout.")
    private Path home;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "The gateway's port. Default: any free one.")
    private int port;

    @Option(names = "--keep", description = "Stay up at the end, so that you can send requests of your own; Ctrl-C stops it.")
    private boolean keep;

    @Option(names = "--verbose", description = "Show the gateway's log as well.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        String problem = ServerOptions.homeProblem(home);
        if (problem != null) {
            err.println(problem);
            return 2;
        }
        Thread thread = Thread.currentThread();
        Thread interrupter = new Thread(thread::interrupt, "camelback-demo-stop");
        Runtime.getRuntime().addShutdownHook(interrupter);
        try {
            boolean asTold = play();
            Runtime.getRuntime().removeShutdownHook(interrupter);
            return asTold ? 0 : 1;
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return 2;
        } catch (InterruptedException e) {
            return 1;
        } catch (Exception e) {
            if (!portTaken(e)) {
                throw e;
            }
            err.println("Port " + port + " is taken. Leave --port out to get a free one.");
            return 2;
        }
    }

    private boolean play() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Terminal terminal = Terminal.here(System.getenv());
        out.println("Starting Camelback and five simulated providers" + terminal.ellipsis());
        out.flush();
        try (QuietLog log = verbose ? null : QuietLog.begin(); Lab lab = Lab.start(); DemoHome copy = DemoHome.of(home, lab)) {
            Map<String, String> environment = lab.environment();
            try (Standalone gateway = Standalone.start(copy.folder(), HOST, port, 0, environment::get)) {
                boolean asTold = new DemoRun(gateway, lab, new DemoTable(out, terminal), PAUSE).play();
                out.println();
                if (keep) {
                    out.println("The gateway stays up before its simulated providers, all well now. Stop it with Ctrl-C. Try it:");
                    curl(out, gateway.port());
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

    private static void restore(QuietLog log) {
        if (log != null) {
            log.close();
        }
    }

    private static void curl(PrintWriter out, int port) {
        out.println("  curl -s http://" + HOST + ":" + port + "/v1/chat/completions -H 'content-type: application/json' \\");
        out.println("    -d '{\"model\": \"premium\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'");
        out.flush();
    }

    private static boolean portTaken(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
