package io.camelback.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger's files to the user that the gateway runs as: answers, names and hashes of keys are in them. Only
 * where the file system has POSIX permissions.
 */
final class PrivateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    /** The gateway's own folder; one of another name may be shared with other programs, and is left as it is. */
    private static final String OWN_FOLDER = "data";

    private static final String[] SUFFIXES = {"", "-wal", "-shm", "-journal", ".lock"};

    private PrivateFiles() {}

    /**
     * Makes the folder of a database file and the file itself, where they are not there, and narrows what is open to
     * others.
     */
    static void prepare(Path database) throws IOException {
        Path folder = database.toAbsolutePath().getParent();
        boolean posix = Files.getFileAttributeView(existing(folder), PosixFileAttributeView.class) != null;
        if (!posix) {
            Files.createDirectories(folder);
            return;
        }
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        create(database);
        create(lock(database));
        List<Path> narrowed = new ArrayList<>();
        if (folder.getFileName() != null && folder.getFileName().toString().equals(OWN_FOLDER)) {
            narrow(folder, FOLDER, narrowed);
        }
        for (String suffix : SUFFIXES) {
            Path file = database.resolveSibling(database.getFileName() + suffix);
            if (Files.isRegularFile(file)) {
                narrow(file, FILE, narrowed);
            }
        }
        if (!narrowed.isEmpty()) {
            LOG.warn("Other users could read the ledger. Their access to these files was removed: {}", narrowed);
        }
    }

    /** The file that is locked while a gateway has the database open. */
    static Path lock(Path database) {
        return database.resolveSibling(database.getFileName() + ".lock");
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } catch (FileAlreadyExistsException e) {
            LOG.trace("{} is there", file);
        }
    }

    private static Path existing(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private static void narrow(Path path, Set<PosixFilePermission> most, List<Path> narrowed) throws IOException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(path);
        if (!most.containsAll(now)) {
            now.retainAll(most);
            Files.setPosixFilePermissions(path, now);
            narrowed.add(path);
        }
    }
}
