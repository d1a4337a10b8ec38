package io.camelback.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A host application in a JVM of its own, whose output goes to a file. */
final class HostProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private HostProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param arguments what follows {@code java} on the command line */
    static HostProcess start(String name, Map<String, String> environment, List<String> arguments) throws IOException {
        Path log = Path.of("target/hosts", name + ".log").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.endsWith("_API_KEY")
                        || variable.endsWith("_BASE_URL")
                        || variable.startsWith("CAMELBACK_")
                        || variable.startsWith("CAMEL_")
                        || variable.startsWith("SPRING_"));
        builder.environment().putAll(environment);
        return new HostProcess(builder.start(), log);
    }

    /** Waits until the application ends by itself. @return all it has printed */
    private String ended() throws IOException, InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new IOException("The host does not end:\n" + output());
        }
        if (process.exitValue() != 0) {
            throw new IOException("The host ended with " + process.exitValue() + ":\n" + output());
        }
        return output();
    }

    /** Waits until the application ends by itself. @return what its routes of these names were answered */
    Map<String, String> answers(List<String> routes) throws IOException, InterruptedException {
        Map<String, String> answers = new HashMap<>();
        for (String line : ended().lines().toList()) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals);
            if (routes.contains(name)) {
                answers.put(
                        name,
                        new String(Base64.getDecoder().decode(line.substring(equals + 1)), StandardCharsets.UTF_8));
            }
        }
        return answers;
    }

    /** Waits until the application has printed something. @return its first group */
    String printed(Pattern pattern) {
        Awaitility.await()
                .atMost(2, TimeUnit.MINUTES)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> !process.isAlive() || pattern.matcher(output()).find());
        Matcher found = pattern.matcher(output());
        if (!found.find()) {
            throw new IllegalStateException("The host ended with " + process.exitValue() + ":\n" + output());
        }
        return found.group(1);
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
