package io.camelback.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Programs that {@code src/test/clients/install} has put on this machine, in the versions of the lock files there. A
 * test whose programs are not here is skipped.
 */
final class InstalledClients {
    private static final Path LOCKS = Path.of("src/test/clients");
    private static final String SCRIPTS = "scripts";
    private static final String PACKAGES = "node_modules";
    private static final long LONGEST_SECONDS = 180;
    private static final String NOWHERE = "http://127.0.0.1:9";

    private InstalledClients() {}

    /** What a program said. @param text its standard output and its errors */
    record Run(int exit, String text) {}

    /** A program of a set of clients; skips the test when the set is not here. */
    static String command(String set, String lock, String path) throws IOException {
        Path folder = home().resolve(set);
        Path installed = folder.resolve("installed");
        assumeTrue(
                Files.isRegularFile(installed) && Files.mismatch(installed, LOCKS.resolve(lock)) < 0,
                () -> "The clients \"" + set + "\" of " + lock + " are not in " + folder
                        + ". src/test/clients/install puts them there.");
        return folder.resolve(path).toString();
    }

    /** The scripts for Node in a folder where they find their packages. */
    static Path nodeScripts(Path home) throws IOException {
        String packages = command("node", "node/package-lock.json", "node_modules");
        Path folder = Files.createDirectories(home.resolve(SCRIPTS));
        try (Stream<Path> scripts = Files.list(LOCKS.resolve("node"))) {
            for (Path script :
                    scripts.filter(file -> file.toString().endsWith(".mjs")).toList()) {
                Files.copy(script, folder.resolve(script.getFileName()));
            }
        }
        Files.createSymbolicLink(folder.resolve(PACKAGES), Path.of(packages));
        return folder;
    }

    /** The class path of the programs in Java, which are compiled first. */
    static String javaClasses(Path home) throws IOException {
        String libraries = command("java", "java/pom.xml", "lib");
        Path classes = home.resolve("classes");
        List<String> options = new ArrayList<>(List.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp"));
        try (Stream<Path> jars = Files.list(Path.of(libraries));
                Stream<Path> sources = Files.list(LOCKS.resolve("java"))) {
            options.add(jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
            sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(options::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)))
                .as("the compiler's exit code")
                .isZero();
        return classes + File.pathSeparator + Path.of(libraries, "*");
    }

    /** A script for Python. */
    static String pythonScript(String name) {
        return LOCKS.resolve("python").resolve(name).toAbsolutePath().toString();
    }

    private static Path home() {
        String named = System.getenv("CAMELBACK_CLIENTS");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("camelback-clients");
    }

    /**
     * Runs a program to its end, for a user with that home folder. It reaches this machine alone, and knows nothing of
     * the real user's environment.
     */
    static Run run(Path home, Path folder, Map<String, String> more, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "LANG"));
        environment.putAll(environment(home));
        environment.putAll(more);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output);
            assertThat(ended).as("%s ends in time; it said: %s", command, said).isTrue();
            return new Run(process.exitValue(), said);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(home.resolve(SCRIPTS).resolve(PACKAGES));
        }
    }

    private static Map<String, String> environment(Path home) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", home.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("NO_COLOR", "1");
        environment.put("CI", "true");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        for (String proxy : List.of("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")) {
            environment.put(proxy, NOWHERE);
        }
        environment.put("NO_PROXY", "127.0.0.1,localhost");
        environment.put("no_proxy", "127.0.0.1,localhost");
        return environment;
    }

    static List<String> words(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(arguments));
        return words;
    }
}
