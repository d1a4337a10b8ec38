package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.ManualClock;
import io.camelback.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Near a cap: room that requests under way have put aside, most of which they will give back. */
class ReservationWaitTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final BudgetLimit HUNDRED = BudgetTestLedger.cap("gpt", 100);

    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));

    private static BudgetReservation reserve(BudgetTestLedger till, long amount, Duration wait) {
        return till.budgets.reserve(
                new ReservationRequest(BudgetTestLedger.ABOUT, "gpt", null, List.of(HUNDRED), ZoneOffset.UTC, amount),
                wait);
    }

    @Test
    void room_that_is_given_back_is_had_by_one_who_waits() throws Exception {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            BudgetReservation first = reserve(till, 80, Duration.ZERO);
            CompletableFuture<BudgetReservation> second = CompletableFuture.supplyAsync(() -> reserve(till, 80, LONG));
            LedgerSamples.soon(() -> assertThat(till.budgets.waiting()).isEqualTo(1));
            till.budgets.settle(first, 10, List.of());
            till.settle(second.get(), 20);
            assertThat(till.settled()).isEqualTo(30);
        }
    }

    @Test
    void room_that_another_gateway_gives_back_is_had_as_well() throws Exception {
        try (BudgetTestLedger one = BudgetTestLedger.inServer(server.freshUrl(), Clock.systemUTC());
                BudgetTestLedger other = BudgetTestLedger.inServer(server.freshUrl(), Clock.systemUTC())) {
            BudgetReservation first = reserve(one, 80, Duration.ZERO);
            CompletableFuture<BudgetReservation> second = CompletableFuture.supplyAsync(() -> reserve(other, 80, LONG));
            LedgerSamples.soon(() -> assertThat(other.budgets.waiting()).isEqualTo(1));
            one.budgets.settle(first, 10, List.of());
            other.settle(second.get(), 20);
            assertThat(one.settled()).isEqualTo(30);
        }
    }

    @Test
    void who_waits_in_vain_is_told_seconds_and_not_the_end_of_the_day() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            reserve(till, 80, Duration.ZERO);
            BudgetExceededException refused =
                    catchThrowableOfType(BudgetExceededException.class, () -> reserve(till, 80, SHORT));
            assertThat(refused).hasMessage("reserved by requests in flight: the day's budget of gpt");
            assertThat(refused.left()).isEqualTo(Duration.ofSeconds(3));
            assertThat(till.budgets.status(HUNDRED, ZoneOffset.UTC).exhausted()).isFalse();
            assertThat(till.reserved()).isEqualTo(80);
        }
    }

    @Test
    void what_is_spent_is_not_waited_for() {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            till.settle(reserve(till, 80, Duration.ZERO), 80);
            BudgetExceededException refused =
                    catchThrowableOfType(BudgetExceededException.class, () -> reserve(till, 21, Duration.ofDays(1)));
            assertThat(refused).hasMessage("used up: the day's budget of gpt");
            assertThat(refused.left()).isEqualTo(Duration.ofHours(12));
        }
    }

    @Test
    void of_forty_at_once_who_spend_a_tenth_of_what_they_ask_all_are_let_in_and_the_cap_holds() throws Exception {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            ExecutorService threads = Executors.newFixedThreadPool(40);
            AtomicInteger refused = new AtomicInteger();
            List<CompletableFuture<Void>> all = java.util.stream.IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                try {
                                    BudgetReservation mine = reserve(till, 20, LONG);
                                    assertThat(till.settled() + till.reserved()).isLessThanOrEqualTo(100);
                                    till.budgets.settle(mine, 2, List.of());
                                } catch (BudgetExceededException e) {
                                    refused.incrementAndGet();
                                }
                            },
                            threads))
                    .toList();
            all.forEach(CompletableFuture::join);
            threads.shutdown();
            LedgerSamples.soon(() -> assertThat(till.reserved()).isZero());
            assertThat(till.settled()).isEqualTo(80);
            assertThat(refused.get())
                    .as("those for whom only what is spent left no room")
                    .isZero();
        }
    }
}
