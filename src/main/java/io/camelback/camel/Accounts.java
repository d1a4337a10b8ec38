package io.camelback.camel;

import io.camelback.config.LedgerSettings;
import io.camelback.ledger.Database;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerRefused;
import io.camelback.ledger.LedgerUnavailable;
import io.camelback.ledger.Postgres;
import io.camelback.ledger.Sqlite;
import io.camelback.resilience.Vitals;
import java.nio.file.Path;
import java.util.Optional;

/** The gateway's ledger, when it keeps one. It outlives reloads. */
final class Accounts implements AutoCloseable {
    /** For a gateway that writes nothing down. */
    static final Accounts NONE = new Accounts(null);
    private final Ledger ledger;

    /** @param said what the operator should know; null when all is well */
    record Health(boolean ready, String said) { }

    private Accounts(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * @param home where the file is when its name is not absolute
     * @throws LedgerRefused when the ledger is in use by another process, damaged, or of a newer version
     */
    static Accounts open(LedgerSettings settings, Path home, Vitals vitals) {
        return switch (settings.kind()) {
            case OFF -> NONE;
            case USUAL, FILE -> of(Sqlite.open(home.resolve(settings.file()), vitals.clock()));
            case SERVER -> of(Postgres.open(settings.url(), settings.user(), settings.password(), settings.pool(),
                    settings.patience()));
        };
    }

    /** The names of gateways must differ from each other, whatever the chance that is handed in for everything else. */
    private static Accounts of(Database database) {
        return new Accounts(Ledger.open(database, new java.security.SecureRandom()));
    }

    Optional<Ledger> ledger() {
        return Optional.ofNullable(ledger);
    }

    /** A ledger that has not been seen yet makes a gateway that is not ready; one that went away makes a degraded one. */
    Health health() {
        if (ledger == null) {
            return new Health(true, null);
        }
        String lost = ledger.lost() == 0 ? "" : "; " + ledger.lost() + " rows are lost";
        Optional<LedgerUnavailable> problem = ledger.problem();
        if (problem.isPresent()) {
            return new Health(ledger.seen(), "degraded: " + problem.get().getMessage() + "; " + ledger.waiting() + " rows wait" + lost);
        }
        return new Health(true, lost.isEmpty() ? null : "it was away" + lost);
    }

    @Override
    public void close() {
        if (ledger != null) {
            ledger.close();
        }
    }
}
