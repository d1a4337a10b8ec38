package io.camelback.server.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a bundle by name, time and size: two equal snapshots hold the same bundle. */
record FileSnapshot(Map<String, String> files) {
    private static final String[] FOLDERS = {"routes", "kamelets", "config"};

    static FileSnapshot of(Path home) {
        Map<String, String> files = new TreeMap<>();
        for (String folder : FOLDERS) {
            Path root = home.resolve(folder);
            if (Files.isDirectory(root)) {
                add(root, files);
            }
        }
        return new FileSnapshot(files);
    }

    private static void add(Path root, Map<String, String> files) {
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(path ->
                            path.toString().endsWith(".yaml") || path.toString().endsWith(".properties"))
                    .forEach(path -> files.put(path.toString(), state(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis() + ":" + Files.size(path);
        } catch (NoSuchFileException e) {
            return "gone";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
