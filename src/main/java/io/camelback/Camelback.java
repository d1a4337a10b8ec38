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
        System.exit(run(args));
    }

    /** An error that ends this thread alone would leave the others running: a gateway that has failed, and stays. */
    private static int run(String[] args) {
        CommandLine program = new CommandLine(new RootCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        try {
            return program.execute(args);
        } catch (NoClassDefFoundError e) {
            program.getErr()
                    .println("This Java lacks the class " + e.getMessage()
                            + ". Take a JRE or JDK with all modules, 17 or newer.");
        } catch (Error e) {
            program.getErr().println("Camelback has failed: " + e);
        }
        return 1;
    }
}
