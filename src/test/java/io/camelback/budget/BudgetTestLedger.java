package io.camelback.budget;

import io.camelback.config.Budget;
import io.camelback.config.BudgetPeriod;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.PostgresDatabase;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.testkit.LedgerSamples;
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
final class BudgetTestLedger implements AutoCloseable {
    static final Duration MAX_WAIT = Duration.ofSeconds(20);
    static final RequestRef ABOUT = new RequestRef("req_1", null, "agent", null, null, 1);
    final Ledger ledger;
    final BudgetService budgets;

    private BudgetTestLedger(LedgerDatabase database, Clock clock, Duration maxWait) {
        this.ledger = Ledger.open(database, new Random());
        this.budgets = BudgetService.open(ledger, clock, maxWait);
    }

    static BudgetTestLedger inFile(Path folder, Clock clock) {
        return inFile(folder, clock, MAX_WAIT);
    }

    static BudgetTestLedger inFile(Path folder, Clock clock, Duration maxWait) {
        return new BudgetTestLedger(SqliteDatabase.open(folder.resolve("ledger.db"), clock), clock, maxWait);
    }

    static BudgetTestLedger inServer(String url, Clock clock) {
        return inServer(url, clock, MAX_WAIT);
    }

    static BudgetTestLedger inServer(String url, Clock clock, Duration maxWait) {
        return new BudgetTestLedger(PostgresDatabase.open(url, "postgres", "postgres", 4, maxWait), clock, maxWait);
    }

    static BudgetLimit cap(String name, long most, Integer... alerts) {
        return new BudgetLimit(
                BudgetLimit.Scope.DEPLOYMENT,
                name,
                BudgetPeriod.DAY,
                most,
                List.of(alerts),
                Budget.NO_PRE_EMPTION,
                Set.of());
    }

    static BudgetLimit monthly(String name, long most) {
        return BudgetLimit.of(
                        BudgetLimit.Scope.LAYER,
                        name,
                        new Budget(Map.of(BudgetPeriod.MONTH, most), List.of(), 100, Set.of()))
                .get(0);
    }

    BudgetReservation reserve(long amount, BudgetLimit... caps) {
        return reserve(ZoneOffset.UTC, amount, caps);
    }

    BudgetReservation reserve(ZoneId zone, long amount, BudgetLimit... caps) {
        return budgets.reserve(new ReservationRequest(ABOUT, "gpt", null, List.of(caps), zone, amount));
    }

    /** Settles, and waits until it is done. */
    void settle(BudgetReservation reservation, long spent) {
        budgets.settle(reservation, spent, List.of());
        LedgerSamples.soon(() -> org.assertj.core.api.Assertions.assertThat(LedgerSamples.number(
                        ledger, "SELECT COUNT(*) FROM camelback_reservation WHERE id = '" + reservation.id() + "'"))
                .isZero());
    }

    long settled() {
        return LedgerSamples.number(ledger, "SELECT COALESCE(SUM(settled), 0) FROM camelback_budget");
    }

    long reserved() {
        return LedgerSamples.number(ledger, "SELECT COALESCE(SUM(reserved), 0) FROM camelback_budget");
    }

    @Override
    public void close() {
        ledger.close();
    }
}
