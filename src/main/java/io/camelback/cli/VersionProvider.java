package io.camelback.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of the build, which the jar's manifest has. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {"Camelback " + (version == null ? "of classes outside a jar" : version)};
    }
}
