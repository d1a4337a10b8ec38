package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.testkit.LedgerSamples;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Budgets after a restart, a crash, on a full disk, and with a database that hangs. */
class BudgetRecoveryTest extends BudgetServiceTestBase {
    @Test
    void D03_after_a_restart_what_was_spent_is_spent() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            till.settle(till.reserve(70, BudgetTestLedger.cap("gpt", 100)), 60);
        }
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            assertThatThrownBy(() -> till.reserve(41, BudgetTestLedger.cap("gpt", 100)))
                    .isInstanceOf(BudgetExceededException.class);
            till.reserve(40, BudgetTestLedger.cap("gpt", 100));
        }
    }

    @Test
    void D01_what_a_dead_gateway_left_open_is_settled_at_its_most_before_the_next_one_serves() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            BudgetReservation abandoned =
                    till.reserve(70, BudgetTestLedger.cap("gpt", 100), BudgetTestLedger.monthly("premium", 1_000));
            // What a killed process leaves: its reservation, open, under its own name.
            till.ledger.database().write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE camelback_reservation SET gateway = 'dead'");
                }
            });
            assertThat(abandoned.windows()).hasSize(2);
        }
        try (BudgetTestLedger next = BudgetTestLedger.inFile(folder, clock)) {
            assertThat(next.reserved()).isZero();
            assertThat(next.settled()).isEqualTo(140);
            assertThat(LedgerSamples.text(
                            next.ledger,
                            "SELECT outcome || ' ' || deployment || ' ' || micro_dollars || ' ' || chain "
                                    + "FROM camelback_attempt"))
                    .isEqualTo("recovered gpt 70 agent");
            assertThat(LedgerSamples.number(next.ledger, "SELECT COUNT(*) FROM camelback_reservation"))
                    .isZero();
        }
    }

    @Test
    void a_bill_and_its_rows_are_written_together_and_once() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            BudgetReservation reservation = till.reserve(70, BudgetTestLedger.cap("gpt", 100));
            AttemptRow row = till.answered(reservation.id(), 20);
            till.budgets.settle(reservation, 20, List.of(row));
            till.budgets.settle(reservation, 20, List.of(row));
            LedgerSamples.soon(() -> assertThat(till.settled()).isEqualTo(20));
            till.settle(till.reserve(1, BudgetTestLedger.cap("gpt", 100)), 0);
            assertThat(till.settled()).isEqualTo(20);
            assertThat(LedgerSamples.number(till.ledger, "SELECT COUNT(*) FROM camelback_attempt"))
                    .isEqualTo(1);
        }
    }

    @Test
    void D05_on_a_full_disk_nothing_is_allowed_until_there_is_room() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            BudgetLimit cap = BudgetTestLedger.cap("gpt", 1_000_000);
            BudgetReservation before = till.reserve(10, cap);
            pages(till, LedgerSamples.number(till.ledger, "PRAGMA page_count"));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            till.reserve(1, cap);
                        }
                    })
                    .isInstanceOf(LedgerUnavailableException.class);
            assertThat(till.ledger.problem()).isPresent();

            pages(till, 1_000_000);
            till.settle(till.reserve(1, cap), 1);
            till.settle(before, 10);
            assertThat(till.ledger.problem()).isEmpty();
            assertThat(till.settled()).isEqualTo(11);
        }
    }

    @Test
    void D06_a_database_that_hangs_costs_a_request_no_more_than_max_wait_and_leaves_nothing_behind() throws Exception {
        BudgetLimit cap = BudgetTestLedger.cap("gpt", 100);
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock, Duration.ofMillis(50))) {
            till.settle(till.reserve(10, cap), 10);
            CountDownLatch over = new CountDownLatch(1);
            LedgerSamples.hang(till.ledger, over);
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> till.reserve(10, cap))
                        .isInstanceOf(LedgerUnavailableException.class)
                        .hasMessageContaining("longer than 50 ms");
            }
            till.ledger.add(till.answered("unbudgeted", 0));
            assertThat(till.ledger.problem()).isPresent();

            over.countDown();
            LedgerSamples.soon(() -> assertThat(till.budgets.open()).isZero());
            LedgerSamples.soon(() -> till.settle(till.reserve(90, cap), 90));
            assertThat(till.settled()).isEqualTo(100);
            assertThat(till.reserved()).isZero();
        }
    }

    @Test
    void room_that_nobody_knows_of_is_given_back() {
        BudgetLimit cap = BudgetTestLedger.cap("gpt", 100);
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            till.reserve(70, cap);
            clock.set(clock.instant().plusSeconds(30));
            new OrphanedReservationReaper(till.ledger, id -> false, clock::millis).run();
            assertThat(till.reserved()).as("it is too young").isEqualTo(70);
            clock.set(clock.instant().plusSeconds(31));
            new OrphanedReservationReaper(till.ledger, id -> true, clock::millis).run();
            assertThat(till.reserved()).as("it is somebody's").isEqualTo(70);
            new OrphanedReservationReaper(till.ledger, id -> false, clock::millis).run();
            assertThat(till.reserved()).isZero();
            assertThat(till.settled()).isZero();
        }
    }

    private static void pages(BudgetTestLedger till, long most) {
        till.ledger.database().write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("PRAGMA max_page_count = " + most);
            }
        });
    }
}
