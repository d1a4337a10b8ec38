package io.camelback.budget;

import io.camelback.config.Budget;
import io.camelback.config.Period;
import io.camelback.ledger.About;
import io.camelback.ledger.Database;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.Postgres;
import io.camelback.ledger.Samples;
import io.camelback.ledger.Sqlite;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Budgets in a ledger, for tests. */
final class Till implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final About ABOUT = new About("req_1", null, "agent", null, null, 1);
    final Ledger ledger;
    final Budgets budgets;

    private Till(Database database, Clock clock, Duration patience) {
        this.ledger = Ledger.open(database, new Random());
        this.budgets = Budgets.keep(ledger, clock, patience);
    }

    static Till inFile(Path folder, Clock clock) {
        return inFile(folder, clock, PATIENCE);
    }

    static Till inFile(Path folder, Clock clock, Duration patience) {
        return new Till(Sqlite.open(folder.resolve("ledger.db"), clock), clock, patience);
    }

    static Till inServer(String url, Clock clock) {
        return inServer(url, clock, PATIENCE);
    }

    static Till inServer(String url, Clock clock, Duration patience) {
        return new Till(Postgres.open(url, "postgres", "postgres", 4, patience), clock, patience);
    }

    static Cap cap(String name, long most, Integer... alerts) {
        return new Cap(Cap.Scope.DEPLOYMENT, name, Period.DAY, most, List.of(alerts), Budget.NO_PRE_EMPTION, Set.of());
    }

    static Cap monthly(String name, long most) {
        return Cap.of(Cap.Scope.LAYER, name, new Budget(Map.of(Period.MONTH, most), List.of(), 100, Set.of())).get(0);
    }

    Reservation reserve(long amount, Cap... caps) {
        return reserve(ZoneOffset.UTC, amount, caps);
    }

    Reservation reserve(ZoneId zone, long amount, Cap... caps) {
        return budgets.reserve(new Charge(ABOUT, "gpt", null, List.of(caps), zone, amount));
    }

    /** Settles, and waits until it is done. */
    void settle(Reservation reservation, long spent) {
        budgets.settle(reservation, spent, List.of());
        Samples.soon(() -> org.assertj.core.api.Assertions.assertThat(Samples.number(ledger,
                "SELECT COUNT(*) FROM camelback_reservation WHERE id = '" + reservation.id() + "'")).isZero());
    }

    long settled() {
        return Samples.number(ledger, "SELECT COALESCE(SUM(settled), 0) FROM camelback_budget");
    }

    long reserved() {
        return Samples.number(ledger, "SELECT COALESCE(SUM(reserved), 0) FROM camelback_budget");
    }

    @Override
    public void close() {
        ledger.close();
    }
}
