package io.camelback.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file system in memory, small enough to be filled. It takes root to mount it; otherwise the folder is an ordinary
 * one.
 */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "size=192m";
    private static final int BLOCK = 256 << 10;
    private static final int LAST_BLOCK = 512;
    private final Path folder;
    private final String problem;

    private SmallDisk(Path folder, String problem) {
        this.folder = folder;
        this.problem = problem;
    }

    static SmallDisk mount(Path folder) throws IOException {
        String said = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString());
        return new SmallDisk(folder, said);
    }

    /** @return why it failed; null when it did not */
    private static String run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return e.getMessage();
        }
        String said = new String(process.getInputStream().readAllBytes()).trim();
        try {
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? null : said + " ";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Why it cannot be filled; null when it can. */
    String problem() {
        return problem;
    }

    /** Takes all the room there is. */
    void fill() throws IOException {
        if (problem != null) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(filling())) {
            for (int block = BLOCK; block >= LAST_BLOCK; block /= 2) {
                write(out, new byte[block]);
            }
        }
    }

    private static void write(OutputStream out, byte[] block) {
        try {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // No room for so much: as intended.
            return;
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filling());
    }

    private Path filling() {
        return folder.resolve("filling");
    }

    @Override
    public void close() throws IOException {
        if (problem == null) {
            run("umount", folder.toString());
        }
    }
}
