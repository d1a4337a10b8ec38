package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Budgets that two gateways share by one PostgreSQL. */
class SharedBudgetsTest {
    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @Test
    void K09_of_two_hundred_at_once_on_two_gateways_one_gets_the_room_for_one() throws Exception {
        try (BudgetTestLedger one = till();
                BudgetTestLedger other = till()) {
            BudgetLimit cap = BudgetTestLedger.cap("gpt", 199);
            CompletableFuture<Integer> there = CompletableFuture.supplyAsync(() -> granted(other, cap));

            assertThat(granted(one, cap) + there.get()).isEqualTo(1);
            assertThat(one.reserved()).isEqualTo(100);
        }
    }

    @Test
    void K11_a_budget_that_is_new_to_both_is_one_budget() throws Exception {
        try (BudgetTestLedger one = till();
                BudgetTestLedger other = till()) {
            for (int i = 0; i < 10; i++) {
                BudgetLimit cap = BudgetTestLedger.cap("new-" + i, 100);
                CompletableFuture<Integer> there = CompletableFuture.supplyAsync(() -> granted(other, cap));
                assertThat(granted(one, cap) + there.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void what_one_has_spent_the_other_sees() {
        BudgetLimit cap = BudgetTestLedger.cap("gpt", 100);
        try (BudgetTestLedger one = till();
                BudgetTestLedger other = till()) {
            one.settle(one.reserve(60, cap), 60);
            other.budgets.refresh(List.of(cap), java.time.ZoneOffset.UTC);
            assertThat(other.budgets.status(cap, java.time.ZoneOffset.UTC).remaining())
                    .isEqualTo(40);
        }
    }

    @Test
    void a_threshold_is_told_by_one_of_them() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        BudgetLimit cap = BudgetTestLedger.cap("gpt", 100, 50, 80);
        try (BudgetTestLedger one = till();
                BudgetTestLedger other = till()) {
            one.budgets.listen(alert -> told.add("one " + alert.percent()));
            other.budgets.listen(alert -> told.add("other " + alert.percent()));
            for (int i = 0; i < 5; i++) {
                one.settle(one.reserve(9, cap), 9);
                other.settle(other.reserve(9, cap), 9);
            }
            LedgerSamples.soon(() -> assertThat(told).containsExactly("other 50", "one 80"));
        }
    }

    @Test
    void D01_a_living_gateway_s_reservations_are_left_alone_and_a_dead_one_s_are_settled() {
        BudgetLimit cap = BudgetTestLedger.cap("gpt", 100);
        try (BudgetTestLedger one = till();
                BudgetTestLedger other = till()) {
            one.reserve(10, cap);
            other.reserve(20, cap);
            new OrphanedReservationReaper(other.ledger, id -> true, System::currentTimeMillis).run();
            assertThat(other.reserved()).isEqualTo(30);

            one.ledger.database().write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE camelback_gateway SET seen = seen - 60000 WHERE gateway = '"
                            + one.ledger.gateway() + "'");
                }
            });
            new OrphanedReservationReaper(other.ledger, id -> true, System::currentTimeMillis).run();
            assertThat(other.reserved()).isEqualTo(20);
            assertThat(other.settled()).isEqualTo(10);
        }
    }

    private static int granted(BudgetTestLedger till, BudgetLimit cap) {
        try {
            return till.granted(100, 100, cap);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static BudgetTestLedger till() {
        return BudgetTestLedger.inServer(server.freshUrl(), Clock.systemUTC());
    }
}
