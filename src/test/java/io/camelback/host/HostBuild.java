package io.camelback.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Builds the host applications with the packaged jar as their dependency, as a user would. The build sees the machine's
 * local Maven repository, with this build's jar in it in place of any other version; nothing is installed there.
 */
final class HostBuild {
    private static final Path TARGET = Path.of("target/hosts").toAbsolutePath();
    private static final String VERSION = System.getProperty("hosts.version");

    private HostBuild() {}

    /** @return the folder with the built applications: {@code main} and {@code spring-boot} */
    static Path build() throws IOException, InterruptedException {
        delete(TARGET);
        copy(Path.of("src/test/hosts"), TARGET);
        copy(Path.of("examples/spring-boot"), TARGET.resolve("spring-boot"));
        Path repository = repository(Path.of(System.getProperty("hosts.repository")));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("hosts.maven"), "bin", "mvn").toString(),
                "-B",
                "-q",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + repository,
                "-Dcamelback.version=" + VERSION));
        Stream.of(
                        "camel",
                        "slf4j",
                        "compiler-plugin",
                        "resources-plugin",
                        "surefire-plugin",
                        "jar-plugin",
                        "dependency-plugin")
                .forEach(name -> command.add("-D" + name + ".version=" + System.getProperty("hosts." + name)));
        if (System.getProperty("hosts.offline").endsWith("true")) {
            command.add("-o");
        }
        Path settings = Path.of(System.getProperty("hosts.settings").replaceFirst("^settings: ", ""));
        if (Files.exists(settings)) {
            command.addAll(List.of("-s", settings.toString()));
        }
        command.add("package");
        Path log = TARGET.resolve("build.log");
        Process maven = new ProcessBuilder(command)
                .directory(TARGET.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!maven.waitFor(10, TimeUnit.MINUTES) || maven.exitValue() != 0) {
            maven.destroyForcibly();
            throw new IOException("The host applications could not be built:\n" + Files.readString(log));
        }
        return TARGET;
    }

    /** The local repository by symbolic links, but for our own group, in which only this build's jar and POM lie. */
    private static Path repository(Path local) throws IOException {
        Path view = TARGET.resolve("repository");
        Path ours = view.resolve("io/camelback/camelback").resolve(VERSION);
        Files.createDirectories(ours);
        link(local, view, "io");
        link(local.resolve("io"), view.resolve("io"), "camelback");
        Files.copy(Path.of(System.getProperty("hosts.jar")), ours.resolve("camelback-" + VERSION + ".jar"));
        Files.copy(Path.of("pom.xml"), ours.resolve("camelback-" + VERSION + ".pom"));
        return view;
    }

    private static void link(Path from, Path to, String without) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(
                            one -> !one.getFileName().toString().equals(without))
                    .toList()) {
                Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(one -> !one.startsWith(from.resolve("target"))).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** Links are deleted, and what they lead to is left alone. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The class path of an application that Spring Boot has packed into one jar. */
    static String unpacked(Path jar, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && entry.getName().startsWith("BOOT-INF/") && file.startsWith(folder)) {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
        return classPath(folder.resolve("BOOT-INF/classes"), folder.resolve("BOOT-INF/lib/*"));
    }

    /** Entries as a class path. */
    static String classPath(Path... entries) {
        return Stream.of(entries)
                .map(Path::toString)
                .reduce((one, next) -> one + File.pathSeparator + next)
                .orElseThrow();
    }
}
