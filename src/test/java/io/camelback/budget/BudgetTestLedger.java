package io.camelback.budget;

import io.camelback.config.Budget;
import io.camelback.config.BudgetPeriod;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
        return new BudgetTestLedger(PostgresServer.open(url, 4, maxWait), clock, maxWait);
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

    /** How many of so many at once are let in. */
    int granted(int callers, long amount, BudgetLimit cap) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CyclicBarrier together = new CyclicBarrier(callers);
            Callable<Boolean> ask = () -> {
                together.await();
                try {
                    reserve(amount, cap);
                    return true;
                } catch (BudgetExceededException e) {
                    return false;
                }
            };
            int granted = 0;
            for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(callers, ask))) {
                granted += answer.get() ? 1 : 0;
            }
            return granted;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The row of an attempt that was answered. */
    AttemptRow answered(String id, long microDollars) {
        return new AttemptRow(
                id,
                1,
                ABOUT,
                "gpt",
                null,
                "answered",
                "ok",
                null,
                200,
                1L,
                1L,
                1,
                null,
                AttemptRow.Flags.NONE,
                microDollars,
                ledger.gateway());
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
