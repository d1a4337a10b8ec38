package io.camelback.cli.setup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Reads and writes small text files whole. A file is replaced at once, or not at all. */
final class SettingsText {
    private static final long MOST_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private SettingsText() {}

    /** The file itself, where a path leads to it over symbolic links: a link stays one. */
    static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /** @return null when there is no such file */
    static String read(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + " is no file. Move it away.");
        }
        if (Files.size(path) > MOST_BYTES) {
            throw new IOException(path + " is larger than 1 MiB, which no settings file is.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(path + " is not UTF-8. Save it as UTF-8 first.", e);
        } catch (AccessDeniedException e) {
            throw new IOException(path + " cannot be read: permission denied.", e);
        }
    }

    /**
     * Writes beside the file, then moves it into place. A file keeps its permissions; a new one, or one that is to be
     * secret, is the owner's alone.
     */
    static void write(Path path, String text, boolean secret) throws IOException {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            boolean posix =
                    Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
            FileAttribute<?>[] attributes = posix
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                    : new FileAttribute<?>[0];
            Path fresh = Files.createTempFile(path.toAbsolutePath().getParent(), ".camelback-", ".tmp", attributes);
            try {
                Files.writeString(fresh, text);
                if (posix && !secret && Files.exists(path)) {
                    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(path));
                }
                move(fresh, path);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (FileSystemException e) {
            throw new IOException(
                    path + " cannot be written: "
                            + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason()) + ".",
                    e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
