package io.camelback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.Terminal.Ink;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bin/camelback top}: a running gateway as it works, until somebody presses q. */
@Command(name = "top", mixinStandardHelpOptions = true,
        description = "Watch the running gateway: who is out of service, who answers, what it costs. Press q to leave.",
        footer = {"", "Where the output is no terminal it is printed once.",
            "Exit codes: 0 left, 2 the options are wrong, 3 no gateway answers."})
final class Top implements Callable<Integer> {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Mixin
    private GatewayAddress gateway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Terminal terminal = Terminal.here(System.getenv());
        try {
            JsonNode state = gateway.state();
            try (RawTerminal raw = RawTerminal.open()) {
                if (raw == null) {
                    new StateView(terminal, Status.WIDTH, ZoneId.systemDefault()).lines(state).forEach(out::println);
                    out.flush();
                } else {
                    watch(raw, out, terminal);
                }
            }
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 3;
        }
    }

    private void watch(RawTerminal raw, PrintWriter out, Terminal terminal) throws IOException, InterruptedException {
        InputStream keys = raw.keys();
        do {
            int[] size = raw.size();
            List<String> lines = new StateView(terminal, size[1], ZoneId.systemDefault()).lines(gateway.state());
            out.print(CLEAR);
            lines.stream().limit(Math.max(1, size[0] - 2)).forEach(line -> out.print(line + "\r\n"));
            out.print(terminal.paint(Ink.DIM, "q leaves"));
            out.flush();
        } while (!leaves(keys.read()));
    }

    /** A second without a key reads as the end of the input, and is none. */
    private static boolean leaves(int key) {
        return key == 'q' || key == 'Q' || key == 3;
    }
}
