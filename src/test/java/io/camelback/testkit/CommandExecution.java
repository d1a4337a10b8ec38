package io.camelback.testkit;

import io.camelback.cli.RootCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The program's command line, run in this process. */
public final class CommandExecution {
    private CommandExecution() {}

    /** @return the exit code */
    public static int run(StringWriter out, StringWriter err, String... arguments) {
        return new CommandLine(new RootCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
