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

/** {@code bin/camelback status}: how a running gateway is, once, for people and for scripts. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Say how the running gateway is.",
        footer = {
            "",
            "Exit codes: 0 all is well, 1 something is out of service, an edit was not taken or requests failed,",
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
