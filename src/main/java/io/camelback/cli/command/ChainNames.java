package io.camelback.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of the chains in a home folder, by its files alone. */
public final class ChainNames {
    private static final Pattern ENTRY = Pattern.compile("from:\\s+uri:\\s+\"?direct:([\\w.-]+)");

    private ChainNames() {}

    /** In alphabetical order. */
    public static Set<String> in(Path home) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(home.resolve("routes/chains"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .toList()) {
                ENTRY.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }
}
