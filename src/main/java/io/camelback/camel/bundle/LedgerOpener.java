package io.camelback.camel.bundle;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.LedgerSettings;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerRefusedException;
import io.camelback.ledger.ReadOnlyDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/** The ledger of a home folder, for those who only read it. */
public final class LedgerOpener {
    private LedgerOpener() {}

    /** @throws io.camelback.config.yaml.ConfigException with every problem of the configuration */
    public static CamelbackConfig config(Path home, Function<String, String> environment) throws IOException {
        return BundleLocation.config(home, environment);
    }

    /** @throws LedgerRefusedException when there is none */
    public static LedgerDatabase readOnly(LedgerSettings settings, Path home) {
        return switch (settings.kind()) {
            case OFF ->
                throw new LedgerRefusedException(
                        "No ledger is kept: " + CamelbackConfig.FILE + " says ledger: off.", null);
            case SERVER -> ReadOnlyDatabase.server(settings.url(), settings.user(), settings.password());
            case USUAL, FILE -> {
                Path file = home.resolve(settings.file());
                if (!Files.exists(file)) {
                    throw new LedgerRefusedException(
                            "There is no ledger yet at " + file + ". It is made when the gateway starts.", null);
                }
                yield ReadOnlyDatabase.file(file, Clock.systemUTC());
            }
        };
    }
}
