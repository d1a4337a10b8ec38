package io.camelback.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --home}: the folder that a command works on. */
public final class HomeOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:CAMELBACK_HOME:-.}",
            description =
                    "The folder with routes/, kamelets/ and config/. Default: $CAMELBACK_HOME, or the folder that bin/ is in.")
    public Path home;

    /** What is wrong with this folder, and the fix; null when nothing is. */
    public String problem() {
        return problem(home);
    }

    static String problem(Path home) {
        if (Files.isDirectory(home.resolve("routes")) && Files.isRegularFile(home.resolve("config/camelback.yaml"))) {
            return null;
        }
        return home.toAbsolutePath().normalize()
                + " is no Camelback home: it has no routes/ or no config/camelback.yaml."
                + " Name the right folder with --home DIR or CAMELBACK_HOME.";
    }
}
