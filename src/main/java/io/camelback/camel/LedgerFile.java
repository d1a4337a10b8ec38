package io.camelback.camel;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.LedgerSettings;
import io.camelback.ledger.Database;
import io.camelback.ledger.LedgerRefused;
import io.camelback.ledger.ReadOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/** The ledger of a home folder, for those who only read it. */
public final class LedgerFile {
    private LedgerFile() { }

    /** @throws io.camelback.config.ConfigException with every problem of the configuration */
    public static CamelbackConfig config(Path home, Function<String, String> environment) throws IOException {
        return BundleFiles.config(home, environment);
    }

    /** @throws LedgerRefused when there is none */
    public static Database readOnly(LedgerSettings settings, Path home) {
        return switch (settings.kind()) {
            case OFF -> throw new LedgerRefused("No ledger is kept: " + BundleFiles.CONFIG + " says ledger: off.", null);
            case SERVER -> ReadOnly.server(settings.url(), settings.user(), settings.password());
            case USUAL, FILE -> {
                Path file = home.resolve(settings.file());
                if (!Files.exists(file)) {
                    throw new LedgerRefused("There is no ledger yet at " + file + ". It is made when the gateway starts.", null);
                }
                yield ReadOnly.file(file, Clock.systemUTC());
            }
        };
    }
}
