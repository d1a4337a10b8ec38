package io.camelback.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bin/camelback}. Without a command it says what there is. */
@Command(name = "camelback", mixinStandardHelpOptions = true, version = "Camelback 0.1.0",
        description = "An LLM fallback gateway: one endpoint, a chain of models behind it.",
        subcommands = {Start.class, Demo.class, Lint.class, Explain.class, Prices.class, KeyCommand.class, ReportCommand.class,
            Status.class, Top.class, HelpCommand.class},
        footer = {"", "Try it without a key:  bin/camelback demo", "Run it:               bin/camelback start"})
public final class Cli implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
