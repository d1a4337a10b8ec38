package io.camelback.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.terminal.RawTerminal;
import io.camelback.cli.terminal.StateView;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.cli.terminal.TerminalStyle.Ink;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bin/camelback top}: shows the state of a running gateway until q is pressed. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Watch the running gateway: outages, answering deployments and cost. Press q to quit.",
        footer = {
            "",
            "If the output is not a terminal, the state is printed once.",
            "Exit codes: 0 quit, 2 the options are wrong, 3 no gateway answers."
        })
public final class TopCommand implements Callable<Integer> {
    private static final long REFRESH_MILLIS = 1_000;
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String BEGIN = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    @Mixin
    private StateOptions gateway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        TerminalStyle terminal = TerminalStyle.here(System.getenv());
        try {
            JsonNode state = gateway.state();
            try (RawTerminal raw = RawTerminal.open()) {
                if (raw == null) {
                    new StateView(terminal, StatusCommand.WIDTH, ZoneId.systemDefault())
                            .lines(state)
                            .forEach(out::println);
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

    private void watch(RawTerminal raw, PrintWriter out, TerminalStyle terminal)
            throws IOException, InterruptedException {
        out.print(ENTER);
        try {
            do {
                Size size = raw.size();
                List<String> lines =
                        new StateView(terminal, size.getColumns(), ZoneId.systemDefault()).lines(gateway.state());
                out.print(BEGIN);
                lines.stream()
                        .limit(Math.max(1, size.getRows() - 2))
                        .forEach(line -> out.print(line + REST_OF_LINE + "\n"));
                out.print(terminal.paint(Ink.DIM, "q: quit") + REST_OF_LINE + REST_OF_SCREEN);
                out.flush();
            } while (!leaves(raw.read(REFRESH_MILLIS)));
        } finally {
            out.print(LEAVE);
            out.flush();
        }
    }

    private static boolean leaves(int key) {
        return key == 'q' || key == 'Q' || key == 3 || key == RawTerminal.GONE;
    }
}
