package io.camelback.cli.setup;

import java.util.List;

/**
 * What leads one client to the gateway.
 *
 * @param files what is written; empty for a client that has no settings file
 * @param steps what its user has to do, in order
 */
record ClientSettings(List<SettingsFile> files, List<String> steps) {
    ClientSettings {
        files = List.copyOf(files);
        steps = List.copyOf(steps);
    }
}
