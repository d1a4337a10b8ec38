package io.camelback;

import io.camelback.cli.RootCommand;
import picocli.CommandLine;

/** The program: {@code bin/camelback start}, {@code demo} and what else {@code --help} lists. */
public final class Camelback {
    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private Camelback() {}

    public static void main(String[] args) {
        // Not by the name that Logback looks for: a host application has its own.
        System.setProperty(LOG_CONFIGURATION, System.getProperty(LOG_CONFIGURATION, "camelback-logback.xml"));
        System.exit(new CommandLine(new RootCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
