package io.camelback;

import io.camelback.cli.Cli;
import picocli.CommandLine;

/** The program: {@code bin/camelback start}, {@code demo} and what else {@code --help} lists. */
public final class Camelback {
    private Camelback() { }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Cli()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
    }
}
