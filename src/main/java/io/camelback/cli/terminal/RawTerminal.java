package io.camelback.cli.terminal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The terminal with its keys read one by one, each read lasting no longer than a second; as it was, once it is closed.
 */
public final class RawTerminal implements AutoCloseable {
    private final String before;
    private final InputStream keys;
    private final Thread restoring = new Thread(this::restore, "camelback-terminal");

    private RawTerminal(String before, InputStream keys) {
        this.before = before;
        this.keys = keys;
    }

    /** @return null where input or output is no terminal, or its settings cannot be changed */
    public static RawTerminal open() throws IOException, InterruptedException {
        if (!ran("test -t 1 && test -t 0", true)) {
            return null;
        }
        String before = stty("-g");
        if (before.isBlank() || !ran("stty -icanon -echo min 0 time 10 < /dev/tty", false)) {
            return null;
        }
        RawTerminal terminal = new RawTerminal(before, new FileInputStream("/dev/tty"));
        Runtime.getRuntime().addShutdownHook(terminal.restoring);
        return terminal;
    }

    public InputStream keys() {
        return keys;
    }

    /** @return rows and columns */
    public int[] size() throws IOException, InterruptedException {
        String[] said = stty("size").split(" ");
        return said.length == 2 && said[0].matches("[1-9]\\d*") && said[1].matches("[1-9]\\d*")
                ? new int[] {Integer.parseInt(said[0]), Integer.parseInt(said[1])}
                : new int[] {24, 80};
    }

    private static String stty(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "stty " + what + " < /dev/tty 2>/dev/null").start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
        process.waitFor(2, TimeUnit.SECONDS);
        return said;
    }

    private static boolean ran(String command, boolean inherit) throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
            return (inherit ? builder.inheritIO() : builder).start().waitFor() == 0;
        } catch (IOException noShell) {
            return false;
        }
    }

    private void restore() {
        try {
            stty(before);
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        keys.close();
        Runtime.getRuntime().removeShutdownHook(restoring);
        restore();
    }
}
