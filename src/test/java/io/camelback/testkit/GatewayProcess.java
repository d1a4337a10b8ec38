package io.camelback.testkit;

import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.GatewayServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The standalone gateway in a process of its own, on free ports, so that it can be measured and killed. It stops by
 * SIGTERM as the shipped one does, and it ends when its standard input does. Commands on that input: {@code clock -60}
 * shifts its clock by seconds, {@code gc} answers with the memory in use after a collection, {@code in-flight} with the
 * calls to providers, {@code stop} stops it.
 */
public final class GatewayProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final int port;
    private final int managementPort;

    private GatewayProcess(Process process) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        String[] ports = answer(READY).split(" ");
        this.port = Integer.parseInt(ports[0]);
        this.managementPort = Integer.parseInt(ports[1]);
    }

    /** The JVM's options of the shipped start script, but for the size of the heap. */
    public static List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "-Dlogback.configurationFile=camelback-logback.xml",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-Dio.netty.allocator.cacheTrimIntervalMillis=5000",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 25) {
            options.add("-XX:+UseCompactObjectHeaders");
        }
        return options;
    }

    /**
     * Starts one with this JVM's class path and waits until it serves. Its log is {@code gateway.log} in the home.
     *
     * @param heap the value of {@code -Xmx}
     * @param environment leads to the providers
     */
    public static GatewayProcess start(Path home, String heap, Map<String, String> environment) throws IOException {
        List<String> options = options();
        options.addAll(List.of("-Xmx" + heap, "-Xms96m", "-XX:MaxHeapFreeRatio=50", "-XX:-ShrinkHeapInSteps"));
        return start(options, System.getProperty("java.class.path"), home, home.resolve("gateway.log"), environment);
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param options of the JVM
     * @param log is added to
     * @param environment leads to the providers
     * @throws IOException when it ends instead
     */
    public static GatewayProcess start(
            List<String> options, String classPath, Path home, Path log, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, GatewayProcess.class.getName(), home.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new GatewayProcess(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private String answer(String start) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new IOException("The gateway's process has ended");
    }

    private synchronized String ask(String command) throws IOException {
        in.println(command);
        return answer(command + " ");
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** @param offset how far its clock is off from now on */
    public void clock(Duration offset) {
        in.println("clock " + offset.toSeconds());
    }

    /** @param name of a signal, as kill(1) knows it */
    public void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end, and forces it when it takes longer. @return whether it ended by itself */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        process.destroyForcibly().waitFor();
        return false;
    }

    /** The heap in use after a collection, in bytes. */
    public long heap() throws IOException {
        return Long.parseLong(ask("gc").split(" ")[0]);
    }

    /** What is in use of the old generation after a collection, in bytes. */
    public long oldGeneration() throws IOException {
        return Long.parseLong(ask("gc").split(" ")[1]);
    }

    /** The calls to providers under way, and what is taken of the memory for bodies, as {@code 0 calls, 0 bytes}. */
    public String inFlight() throws IOException {
        return ask("in-flight");
    }

    /** The memory the process has, in bytes; Linux only. */
    public long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElseThrow()
                    << 10;
        }
    }

    /**
     * How many entries one of the process's folders in /proc has: {@code task} for threads, {@code fd} for descriptors.
     */
    public long count(String what) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + process.pid() + "/" + what))) {
            return entries.count();
        }
    }

    /** Stops it without a delay. */
    @Override
    public void close() {
        in.println("stop");
        process.onExit()
                .orTimeout(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    /** Runs in the other process. @param args the home folder */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        // Whatever is printed goes with the log: only answers are read from here.
        System.setOut(System.err);
        ShiftedClock clock = new ShiftedClock();
        try (GatewayServer gateway = GatewayServer.start(
                Path.of(args[0]), "127.0.0.1", 0, 0, System::getenv, GatewayRuntime.create(clock))) {
            answers.println(READY + gateway.port() + " " + gateway.managementPort());
            Thread commands = new Thread(() -> obey(gateway, clock, answers), "gateway-commands");
            commands.setDaemon(true);
            commands.start();
            gateway.awaitStop();
        }
        System.exit(0);
    }

    private static void obey(GatewayServer gateway, ShiftedClock clock, PrintStream answers) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                switch (line.split(" ")[0]) {
                    case "clock" -> clock.offset(Duration.ofSeconds(Long.parseLong(line.split(" ")[1])));
                    case "gc" -> answers.println("gc " + memory());
                    case "in-flight" ->
                        answers.println("in-flight " + running(gateway.gateway().vitals()));
                    case "stop" -> gateway.requestStop(false);
                    default -> throw new IllegalArgumentException("Unknown command: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Whoever started this is gone.
        Runtime.getRuntime().halt(3);
    }

    private static String memory() {
        System.gc();
        long old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().matches(".*(Tenured|Old) Gen"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + " " + old;
    }

    private static String running(GatewayRuntime runtime) {
        return runtime.inFlight().running().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum() + " calls, " + runtime.memory().used() + " bytes";
    }
}
