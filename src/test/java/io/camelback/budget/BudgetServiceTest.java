package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.camelback.config.BudgetPeriod;
import io.camelback.ledger.RequestRef;
import io.camelback.testkit.LedgerSamples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Room in budgets: put aside, settled, refused. In a file; {@link SharedBudgetsTest} does it in a server. */
class BudgetServiceTest extends BudgetServiceTestBase {
    @Test
    void what_it_did_cost_takes_the_place_of_what_was_put_aside() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            BudgetReservation reservation = till.reserve(70, BudgetTestLedger.cap("gpt", 100));
            assertThat(till.reserved()).isEqualTo(70);

            till.settle(reservation, 20);

            assertThat(till.reserved()).isZero();
            assertThat(till.settled()).isEqualTo(20);
            till.settle(till.reserve(80, BudgetTestLedger.cap("gpt", 100)), 80);
            assertThat(till.settled()).isEqualTo(100);
        }
    }

    @Test
    void one_that_does_not_fit_everywhere_is_put_aside_nowhere() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            BudgetExceededException refused = catchThrowableOfType(
                    BudgetExceededException.class,
                    () -> till.reserve(60, BudgetTestLedger.cap("gpt", 100), BudgetTestLedger.monthly("premium", 50)));

            assertThat(refused.cap().id()).isEqualTo("layer:premium:month");
            assertThat(refused).hasMessage("used up: the month's budget of layer premium");
            assertThat(refused.left()).isEqualTo(Duration.between(NOON, Instant.parse("2026-12-01T00:00:00Z")));
            assertThat(till.reserved()).isZero();
            assertThat(LedgerSamples.number(till.ledger, "SELECT COUNT(*) FROM camelback_reservation"))
                    .isZero();
            assertThat(till.budgets.open()).isZero();
        }
    }

    @Test
    void K09_of_two_hundred_at_once_one_gets_the_room_for_one() throws Exception {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            assertThat(till.granted(200, 100, BudgetTestLedger.cap("gpt", 199))).isEqualTo(1);
            assertThat(till.reserved()).isEqualTo(100);
        }
    }

    @Test
    void K11_the_first_requests_of_a_budget_that_is_new_are_not_let_in_together() throws Exception {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            for (int i = 0; i < 20; i++) {
                assertThat(till.granted(8, 100, BudgetTestLedger.cap("new-" + i, 100)))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void K18_far_from_the_cap_nothing_is_refused() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            for (int i = 0; i < 130; i++) {
                till.settle(
                        till.reserve(
                                100,
                                BudgetTestLedger.cap("gpt", 1_000_000),
                                BudgetTestLedger.monthly("premium", 1_000_000)),
                        1);
                clock.set(clock.instant().plusSeconds(18));
            }
            assertThat(till.settled()).isEqualTo(260);
        }
    }

    @Test
    void thresholds_are_told_once_each_and_the_first_refusal_too() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        BudgetLimit cap = BudgetTestLedger.cap("gpt", 100, 50, 80);
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            till.budgets.listen(
                    alert -> told.add(alert.percent() + (alert.refused() ? " refused" : "") + " " + alert.settled()));
            for (int i = 0; i < 9; i++) {
                till.settle(till.reserve(10, cap), 10);
            }
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> till.reserve(11, cap)).isInstanceOf(BudgetExceededException.class);
            }
            LedgerSamples.soon(() -> assertThat(told).containsExactly("50 50", "80 80", "100 refused 90"));
        }
    }

    @Test
    void from_the_threshold_on_the_rest_is_kept_for_the_tasks_that_need_it() {
        BudgetLimit cap = new BudgetLimit(
                BudgetLimit.Scope.LAYER, "premium", BudgetPeriod.MONTH, 100, List.of(), 90, Set.of("architecture"));
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            till.settle(till.reserve(85, cap), 85);

            BudgetExceededException refused =
                    catchThrowableOfType(BudgetExceededException.class, () -> till.reserve(10, cap));
            assertThat(refused.kept()).isTrue();
            assertThat(refused).hasMessage("reserved for other tasks: the month's budget of layer premium");
            till.budgets.reserve(new ReservationRequest(
                    new RequestRef("r", null, "agent", "architecture", null, 1),
                    "gpt",
                    null,
                    List.of(cap),
                    java.time.ZoneOffset.UTC,
                    10));
            assertThat(till.reserved()).isEqualTo(10);
        }
    }

    @Test
    void the_standing_is_known_without_asking_the_ledger() {
        BudgetLimit cap = BudgetTestLedger.cap("gpt", 100);
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            till.settle(till.reserve(60, cap), 50);
            BudgetStatus half = till.budgets.status(cap, java.time.ZoneOffset.UTC);
            assertThat(half.settled()).isEqualTo(50);
            assertThat(half.remaining()).isEqualTo(50);
            assertThat(half.exhausted()).isFalse();

            assertThatThrownBy(() -> till.reserve(60, cap)).isInstanceOf(BudgetExceededException.class);
            assertThat(till.budgets.status(cap, java.time.ZoneOffset.UTC).exhausted())
                    .isTrue();
            clock.advance(Duration.ofDays(1));
            assertThat(till.budgets.status(cap, java.time.ZoneOffset.UTC).exhausted())
                    .isFalse();
        }
    }

    @Test
    void what_is_foreseen_is_what_comes() {
        Random random = new Random(1);
        BudgetLimit day = new BudgetLimit(
                BudgetLimit.Scope.DEPLOYMENT, "gpt", BudgetPeriod.DAY, 1_000, List.of(), 70, Set.of("architecture"));
        List<BudgetLimit> caps = List.of(day, BudgetTestLedger.monthly("premium", 1_200));
        List<String> refused = new ArrayList<>();
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            for (int i = 0; i < 120; i++) {
                long amount = random.nextInt(200);
                Optional<String> foreseen =
                        till.budgets.preview(caps, ZoneOffset.UTC, null, amount).map(Throwable::getMessage);
                try {
                    BudgetReservation reservation = till.reserve(amount, caps.toArray(BudgetLimit[]::new));
                    assertThat(foreseen).isEmpty();
                    till.settle(reservation, random.nextInt((int) amount + 1));
                    LedgerSamples.soon(() -> assertThat(
                                    till.budgets.status(day, ZoneOffset.UTC).reserved())
                            .isZero());
                } catch (BudgetExceededException e) {
                    refused.add(e.getMessage());
                    assertThat(foreseen).contains(e.getMessage());
                }
                clock.set(clock.instant().plusSeconds(random.nextInt(3_600)));
            }
        }
        assertThat(refused)
                .contains(
                        "reserved for other tasks: the day's budget of gpt",
                        "used up: the month's budget of layer premium");
    }
}
