package io.camelback.chaos;

import io.camelback.testkit.GatewayProcess;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How a gateway's process is started: by this JVM's own Java and class path. Folders of the class path are put into
 * jars, so that classes can be shared by an archive, which saves two thirds of a start's time.
 */
final class GatewayLauncher {
    private final Path folder;
    private final List<String> options;
    private final String classPath;

    private GatewayLauncher(Path folder, List<String> options, String classPath) {
        this.folder = folder;
        this.options = options;
        this.classPath = classPath;
    }

    /** @param folder for the jars. @param options of the JVM */
    static GatewayLauncher create(Path folder, String... options) throws IOException {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            Path path = Path.of(part);
            parts.add(
                    Files.isDirectory(path)
                            ? jar(path, folder.resolve("classes-" + parts.size() + ".jar"))
                                    .toString()
                            : part);
        }
        List<String> all = GatewayProcess.options();
        all.addAll(List.of(options));
        return new GatewayLauncher(folder, List.copyOf(all), String.join(File.pathSeparator, parts));
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            out.setLevel(0);
            for (Path one : files.filter(path -> !path.equals(classes)).toList()) {
                String name = classes.relativize(one).toString().replace(File.separatorChar, '/');
                // Flyway finds its scripts by the folders' own entries.
                out.putNextEntry(new JarEntry(Files.isDirectory(one) ? name + "/" : name));
                if (Files.isRegularFile(one)) {
                    Files.copy(one, out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }

    /** The same with an archive of the classes that a gateway loads at its start. */
    GatewayLauncher withArchive() throws IOException, InterruptedException {
        Path archive = folder.resolve("classes.jsa");
        Files.createDirectories(folder.resolve("first"));
        ChaosHome home = new ChaosHome(folder.resolve("first"), "{ file: data/ledger.db }");
        GatewayProcess first =
                with("-XX:ArchiveClassesAtExit=" + archive).start(home.folder(), folder.resolve("first.log"), Map.of());
        first.signal("TERM");
        first.awaitEnd(Duration.ofSeconds(60));
        return Files.exists(archive) ? with("-XX:SharedArchiveFile=" + archive) : this;
    }

    private GatewayLauncher with(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new GatewayLauncher(folder, List.copyOf(more), classPath);
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param log is added to
     * @param environment leads to the providers
     * @throws IOException when it ends instead
     */
    GatewayProcess start(Path home, Path log, Map<String, String> environment) throws IOException {
        return GatewayProcess.start(options, classPath, home, log, environment);
    }
}
