package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.camelback.config.BudgetPeriod;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.ledger.RequestRef;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room in budgets: put aside, settled, refused. In a file; {@link SharedBudgetsTest} does it in a server. */
class BudgetServiceTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(NOON);

    @BeforeEach
    void noon() {
        clock.set(NOON);
    }

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
            assertThat(granted(till, 200, 100, BudgetTestLedger.cap("gpt", 199)))
                    .isEqualTo(1);
            assertThat(till.reserved()).isEqualTo(100);
        }
    }

    @Test
    void K11_the_first_requests_of_a_budget_that_is_new_are_not_let_in_together() throws Exception {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            for (int i = 0; i < 20; i++) {
                assertThat(granted(till, 8, 100, BudgetTestLedger.cap("new-" + i, 100)))
                        .isEqualTo(1);
            }
        }
    }

    /** How many of so many at once are let in. */
    static int granted(BudgetTestLedger till, int callers, long amount, BudgetLimit cap) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CyclicBarrier together = new CyclicBarrier(callers);
            Callable<Boolean> ask = () -> {
                together.await();
                try {
                    till.reserve(amount, cap);
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
            AttemptRow row = new AttemptRow(
                    reservation.id(),
                    1,
                    BudgetTestLedger.ABOUT,
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
                    20L,
                    "me");
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
    void D06_a_database_that_hangs_costs_a_request_no_more_than_its_patience_and_leaves_nothing_behind()
            throws Exception {
        BudgetLimit cap = BudgetTestLedger.cap("gpt", 100);
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock, Duration.ofMillis(50))) {
            till.settle(till.reserve(10, cap), 10);
            CountDownLatch hung = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            till.ledger.database().submit(connection -> {
                hung.countDown();
                return await(over);
            });
            hung.await();
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> till.reserve(10, cap))
                        .isInstanceOf(LedgerUnavailableException.class)
                        .hasMessageContaining("longer than 50 ms");
            }
            till.ledger.add(new AttemptRow(
                    "unbudgeted",
                    1,
                    BudgetTestLedger.ABOUT,
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
                    0L,
                    "me"));
            assertThat(till.ledger.problem()).isPresent();

            over.countDown();
            LedgerSamples.soon(() -> assertThat(till.budgets.open()).isZero());
            LedgerSamples.soon(() -> till.settle(till.reserve(90, cap), 90));
            assertThat(till.settled()).isEqualTo(100);
            assertThat(till.reserved()).isZero();
        }
    }

    private static Boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
