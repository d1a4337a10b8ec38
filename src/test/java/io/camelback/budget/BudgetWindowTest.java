package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.BudgetPeriod;
import io.camelback.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a budget begins anew. */
class BudgetWindowTest {
    @ParameterizedTest(name = "K15 {0} {1} at {2}: from {3}, {4} hours")
    @CsvSource({
        "Asia/Shanghai,     DAY,   2026-11-20T15:59:59Z, 2026-11-19T16:00:00Z, 24",
        "Asia/Shanghai,     DAY,   2026-11-20T16:00:00Z, 2026-11-20T16:00:00Z, 24",
        "-08:00,            DAY,   2026-11-20T07:59:59Z, 2026-11-19T08:00:00Z, 24",
        "-08:00,            DAY,   2026-11-20T08:00:00Z, 2026-11-20T08:00:00Z, 24",
        "Asia/Kathmandu,    DAY,   2026-11-20T18:14:59Z, 2026-11-19T18:15:00Z, 24",
        "Asia/Kathmandu,    DAY,   2026-11-20T18:15:00Z, 2026-11-20T18:15:00Z, 24",
        "Europe/Berlin,     DAY,   2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 23",
        "Europe/Berlin,     DAY,   2026-10-25T10:00:00Z, 2026-10-24T22:00:00Z, 25",
        "America/Sao_Paulo, DAY,   2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 23",
        "Europe/Berlin,     WEEK,  2026-11-22T22:59:59Z, 2026-11-15T23:00:00Z, 168",
        "Europe/Berlin,     WEEK,  2026-11-22T23:00:00Z, 2026-11-22T23:00:00Z, 168",
        "Europe/Berlin,     WEEK,  2026-03-29T10:00:00Z, 2026-03-22T23:00:00Z, 167",
        "Asia/Shanghai,     MONTH, 2026-02-28T15:59:59Z, 2026-01-31T16:00:00Z, 672",
        "Asia/Shanghai,     MONTH, 2026-02-28T16:00:00Z, 2026-02-28T16:00:00Z, 744",
        "-08:00,            MONTH, 2027-01-01T07:59:59Z, 2026-12-01T08:00:00Z, 744",
        "Europe/Berlin,     MONTH, 2026-10-31T22:59:59Z, 2026-09-30T22:00:00Z, 745"
    })
    void a_window_goes_by_the_zone_s_midnight(
            String zone, BudgetPeriod period, Instant moment, Instant starts, int hours) {
        BudgetWindow window = BudgetWindow.of(period, ZoneId.of(zone), moment);

        assertThat(window.starts()).isEqualTo(starts);
        assertThat(Duration.between(window.starts(), window.ends())).isEqualTo(Duration.ofHours(hours));
    }

    @ParameterizedTest(name = "K15 {0}: {1} days of {2}")
    @CsvSource({
        "Europe/Berlin, 365, 2026",
        "Asia/Kathmandu, 365, 2026",
        "-08:00, 366, 2028",
        "America/Havana, 365, 2026"
    })
    void every_moment_is_in_one_window_and_windows_leave_no_gap(String zone, int days, int year) {
        ZoneId id = ZoneId.of(zone);
        BudgetWindow window = BudgetWindow.of(BudgetPeriod.DAY, id, Instant.parse(year + "-06-01T00:00:00Z"));
        int count = 0;
        for (Instant end = window.starts().plus(Duration.ofDays(days));
                window.starts().isBefore(end);
                count++) {
            assertThat(BudgetWindow.of(BudgetPeriod.DAY, id, window.ends().minusMillis(1)))
                    .isEqualTo(window);
            BudgetWindow next = BudgetWindow.of(BudgetPeriod.DAY, id, window.ends());
            assertThat(next.starts()).isEqualTo(window.ends());
            window = next;
        }
        assertThat(count).isEqualTo(days);
    }

    @Test
    void K16_a_clock_that_is_turned_back_stands_still_until_it_has_caught_up() {
        ManualClock hand = new ManualClock(Instant.parse("2026-11-20T00:10:00Z"));
        NonDecreasingClock steady = new NonDecreasingClock(hand);
        Instant first = steady.now();

        hand.set(first.minus(Duration.ofHours(1)));
        assertThat(steady.now()).isEqualTo(first);
        hand.set(first.plusSeconds(1));
        assertThat(steady.now()).isEqualTo(first.plusSeconds(1));
    }

    @Test
    void K16_an_hour_back_and_forth_over_midnight_opens_no_window_twice() {
        ManualClock hand = new ManualClock(Instant.parse("2026-11-20T00:10:00Z"));
        NonDecreasingClock steady = new NonDecreasingClock(hand);
        BudgetWindow today = BudgetWindow.of(BudgetPeriod.DAY, ZoneOffset.UTC, steady.now());

        hand.set(hand.instant().minus(Duration.ofHours(1)));
        assertThat(BudgetWindow.of(BudgetPeriod.DAY, ZoneOffset.UTC, steady.now()))
                .isEqualTo(today);
        hand.advance(Duration.ofHours(2));
        assertThat(BudgetWindow.of(BudgetPeriod.DAY, ZoneOffset.UTC, steady.now()))
                .isEqualTo(today);
    }

    @Test
    void K16_a_clock_that_was_years_ahead_by_mistake_is_followed_back() {
        ManualClock hand = new ManualClock(Instant.parse("2036-01-01T00:00:00Z"));
        NonDecreasingClock steady = new NonDecreasingClock(hand);
        steady.now();

        hand.set(Instant.parse("2026-11-20T12:00:00Z"));
        assertThat(steady.now()).isEqualTo(hand.instant());
    }
}
