package io.camelback.cli;

import io.camelback.cli.command.CommandGroup;
import io.camelback.cli.command.ExplainCommand;
import io.camelback.cli.command.KeyCommand;
import io.camelback.cli.command.LintCommand;
import io.camelback.cli.command.PricesCommand;
import io.camelback.cli.command.ReportCommand;
import io.camelback.cli.command.StartCommand;
import io.camelback.cli.command.StatusCommand;
import io.camelback.cli.command.TopCommand;
import io.camelback.cli.demo.DemoCommand;
import io.camelback.cli.setup.SetupCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root command {@code bin/camelback}. Without a command it says what there is. */
@Command(
        name = "camelback",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "An LLM fallback gateway: one endpoint, a chain of models behind it.",
        subcommands = {
            StartCommand.class,
            DemoCommand.class,
            SetupCommand.class,
            LintCommand.class,
            ExplainCommand.class,
            PricesCommand.class,
            KeyCommand.class,
            ReportCommand.class,
            StatusCommand.class,
            TopCommand.class,
            HelpCommand.class
        },
        footer = {"", "Try it without a key:  bin/camelback demo", "Run it:               bin/camelback start"})
public final class RootCommand extends CommandGroup {}
