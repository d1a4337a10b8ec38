package io.camelback.lint;

import io.camelback.pricing.PriceList;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the files of a home folder that make the bundle. */
public final class BundleSources {
    private static final List<String> FOLDERS = List.of("routes", "kamelets");

    private BundleSources() {}

    /**
     * All files of {@code routes/} and {@code kamelets/} and the configuration with its prices, by their names below
     * the folder.
     *
     * @throws IOException when one of them cannot be read; a file that is no UTF-8 text is empty
     */
    public static Map<String, String> of(Path home) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String folder : FOLDERS) {
            if (Files.isDirectory(home.resolve(folder))) {
                try (Stream<Path> found = Files.walk(home.resolve(folder))) {
                    for (Path file : found.filter(Files::isRegularFile).toList()) {
                        files.put(name(home, file), text(file));
                    }
                }
            }
        }
        for (String file : List.of(BundleLinter.CONFIG, PriceList.FILE)) {
            if (Files.isRegularFile(home.resolve(file))) {
                files.put(file, text(home.resolve(file)));
            }
        }
        return files;
    }

    private static String name(Path home, Path file) {
        return home.relativize(file).toString().replace('\\', '/');
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            return "";
        }
    }
}
