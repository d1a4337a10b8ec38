package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.testkit.LedgerSamples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** When a budget begins anew, and which period pays. */
class BudgetPeriodsTest extends BudgetServiceTestBase {
    @Test
    void K17_what_settles_after_midnight_is_charged_to_the_day_it_was_admitted_on() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            clock.set(Instant.parse("2026-11-20T23:59:59Z"));
            BudgetReservation reservation = till.reserve(70, BudgetTestLedger.cap("gpt", 100));
            clock.set(Instant.parse("2026-11-21T00:00:20Z"));
            till.settle(reservation, 60);

            assertThat(LedgerSamples.number(
                            till.ledger,
                            "SELECT settled FROM camelback_budget WHERE starts = "
                                    + Instant.parse("2026-11-20T00:00:00Z").toEpochMilli()))
                    .isEqualTo(60);
            till.settle(till.reserve(100, BudgetTestLedger.cap("gpt", 100)), 100);
            assertThat(LedgerSamples.number(
                            till.ledger,
                            "SELECT settled FROM camelback_budget WHERE starts = "
                                    + Instant.parse("2026-11-21T00:00:00Z").toEpochMilli()))
                    .isEqualTo(100);
        }
    }

    @Test
    void K15_a_day_of_twenty_five_hours_has_one_budget() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            int admitted = 0;
            clock.set(Instant.parse("2026-10-24T22:00:00Z"));
            for (int hour = 0; hour < 25; hour++) {
                try {
                    till.settle(till.reserve(berlin, 10, BudgetTestLedger.cap("gpt", 100)), 10);
                    admitted++;
                } catch (BudgetExceededException e) {
                    assertThat(clock.instant().plus(e.left())).isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
                }
                clock.advance(Duration.ofHours(1));
            }
            assertThat(admitted).isEqualTo(10);
            till.reserve(berlin, 100, BudgetTestLedger.cap("gpt", 100));
        }
    }

    @Test
    void another_time_zone_resets_nothing() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            till.settle(till.reserve(90, BudgetTestLedger.cap("gpt", 100)), 90);
            assertThatThrownBy(() -> till.reserve(ZoneId.of("Asia/Shanghai"), 20, BudgetTestLedger.cap("gpt", 100)))
                    .isInstanceOf(BudgetExceededException.class);
        }
    }

    @Test
    void K16_a_clock_set_back_before_the_start_opens_no_window_again() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            clock.set(Instant.parse("2026-11-21T00:10:00Z"));
            till.settle(till.reserve(100, BudgetTestLedger.cap("gpt", 100)), 100);
        }
        clock.set(Instant.parse("2026-11-20T23:30:00Z"));
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            assertThatThrownBy(() -> till.reserve(1, BudgetTestLedger.cap("gpt", 100)))
                    .isInstanceOf(BudgetExceededException.class);
        }
    }
}
