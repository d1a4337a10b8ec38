package io.camelback.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.terminal.StateView;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/camelback status}: prints the state of a running gateway once, for people and scripts. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Print the state of the running gateway.",
        footer = {
            "",
            "Exit codes: 0 healthy, 1 something is out of service, an edit was rejected or requests failed,",
            "2 the options are wrong, 3 no gateway answers."
        })
public final class StatusCommand implements Callable<Integer> {
    static final int WIDTH = 160;

    @Mixin
    private StateOptions gateway;

    @Option(names = "--json", description = "The whole state as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode state;
        try {
            state = gateway.state();
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 3;
        }
        if (json) {
            out.println(Json.text(state));
        } else {
            new StateView(TerminalStyle.here(System.getenv()), WIDTH, ZoneId.systemDefault())
                    .lines(state)
                    .forEach(out::println);
        }
        out.flush();
        return StateView.well(state) ? 0 : 1;
    }
}
