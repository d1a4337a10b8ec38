package io.camelback.chaos;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The standalone gateway in a process of its own, on free ports. It stops by SIGTERM as the shipped one does, and when
 * its standard input ends. Over that it is told its clock's error ({@code clock -60}, in seconds) and asked for its old
 * generation after a collection ({@code gc}).
 */
final class GatewayChild {
    private static final String READY = "ready ";
    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final int port;
    private final int managementPort;

    private GatewayChild(Process process) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        String[] ports = answer(READY).split(" ");
        this.port = Integer.parseInt(ports[0]);
        this.managementPort = Integer.parseInt(ports[1]);
    }

    /** Waits until it serves. @throws IOException when it ends instead */
    static GatewayChild of(Process process) throws IOException {
        try {
            return new GatewayChild(process);
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

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** @param offset how far its clock is off from now on */
    void clock(Duration offset) {
        in.println("clock " + offset.toSeconds());
    }

    /** @param name of a signal, as kill(1) knows it */
    void signal(String name) {
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
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        process.destroyForcibly().waitFor();
        return false;
    }

    /** What is in use of the old generation after a collection, in bytes. */
    synchronized long oldGeneration() throws IOException {
        in.println("gc");
        return Long.parseLong(answer("old "));
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

    /**
     * How many entries one of the process's folders in /proc has: {@code task} for threads, {@code fd} for descriptors.
     */
    long count(String what) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + process.pid() + "/" + what))) {
            return entries.count();
        }
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
            Thread commands = new Thread(() -> obey(clock, answers), "chaos-commands");
            commands.setDaemon(true);
            commands.start();
            gateway.awaitStop();
        }
    }

    private static void obey(ShiftedClock clock, PrintStream answers) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("clock ")) {
                    clock.offset(Duration.ofSeconds(Long.parseLong(line.substring("clock ".length()))));
                } else {
                    System.gc();
                    answers.println("old " + old());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Whoever started this is gone.
        Runtime.getRuntime().halt(3);
    }

    private static long old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().matches(".*(Tenured|Old) Gen"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
    }
}
