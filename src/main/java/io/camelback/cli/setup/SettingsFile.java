package io.camelback.cli.setup;

import java.nio.file.Path;
import java.util.List;

/** One file of a client's settings, and what is to change in it. */
record SettingsFile(Path path, SettingsFormat format, List<SettingsChange> changes) {
    SettingsFile {
        changes = List.copyOf(changes);
    }

    static SettingsFile of(Path path, SettingsFormat format, SettingsChange... changes) {
        return new SettingsFile(path, format, List.of(changes));
    }

    /** Whether it will hold a client key, and so is nobody else's to read. */
    boolean holdsSecret() {
        return changes.stream().anyMatch(SettingsChange::secret);
    }
}
