package io.camelback.benchmark;

import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.GatewayServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The gateway in a JVM of its own, so that what it takes can be measured. It is the shipped one on free ports, asked
 * over its standard input: {@code gc} answers with the bytes of heap in use after a collection.
 */
final class GatewayProcess implements AutoCloseable {
    private static final String READY = "ready ";

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final int port;

    private GatewayProcess(Process process) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        this.port = Integer.parseInt(answer(READY));
    }

    /** @param heap the option {@code -Xmx}'s value; @param environment leads to the providers */
    static GatewayProcess start(Path home, String heap, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + heap,
                "-Dlogback.configurationFile=camelback-logback.xml",
                "-XX:+UseSerialGC",
                "-Xms96m",
                "-XX:MaxHeapFreeRatio=50",
                "-XX:-ShrinkHeapInSteps",
                "-Xss512k",
                "-Dio.netty.allocator.cacheTrimIntervalMillis=5000",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 25) {
            command.add("-XX:+UseCompactObjectHeaders");
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), GatewayProcess.class.getName(), home.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(home.resolve("gateway.log").toFile());
        builder.environment().putAll(environment);
        return new GatewayProcess(builder.start());
    }

    private String answer(String start) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new IOException("The gateway's process has ended");
    }

    int port() {
        return port;
    }

    /** The heap in use after a collection, in bytes. */
    long heap() throws IOException {
        in.println("gc");
        return Long.parseLong(answer("heap "));
    }

    /** The calls to providers under way, and what is taken of the memory for bodies, as {@code 0 calls, 0 bytes}. */
    String inFlight() throws IOException {
        in.println("in-flight");
        return answer("in-flight ");
    }

    /** The memory the process has, in bytes; Linux only. */
    long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElseThrow()
                    << 10;
        }
    }

    @Override
    public void close() {
        in.close();
        process.onExit()
                .orTimeout(60, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    /** Runs in the other JVM until its input ends. */
    public static void main(String[] home) throws Exception {
        PrintStream answers = System.out;
        // The log goes with the errors into a file: nobody reads it here, and a full pipe would stop the gateway.
        System.setOut(System.err);
        try (GatewayServer gateway = GatewayServer.start(Path.of(home[0]), "127.0.0.1", 0, 0, System::getenv);
                BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answers.println(READY + gateway.port());
            for (String line = asked.readLine(); line != null; line = asked.readLine()) {
                if (line.equals("in-flight")) {
                    answers.println("in-flight " + running(gateway.gateway().vitals()));
                    continue;
                }
                System.gc();
                answers.println("heap "
                        + ManagementFactory.getMemoryMXBean()
                                .getHeapMemoryUsage()
                                .getUsed());
            }
        }
        System.exit(0);
    }

    private static String running(GatewayRuntime runtime) {
        return runtime.inFlight().running().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum() + " calls, " + runtime.memory().used() + " bytes";
    }

    /** A folder with the shipped routes, Kamelets and configuration. @param edit changes config/camelback.yaml */
    static Path home(Path folder, UnaryOperator<String> edit) throws IOException {
        for (String part : new String[] {"routes", "kamelets", "config"}) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = folder.resolve(file.toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        Path config = folder.resolve("config/camelback.yaml");
        Files.writeString(config, edit.apply(Files.readString(config)));
        return folder;
    }
}
