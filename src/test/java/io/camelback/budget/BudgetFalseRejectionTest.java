package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often a budget refuses for nothing. A refusal is right when the budget could have been overrun: what all who were
 * let in before did cost in the end, and the most that this one can cost, are more than the cap. It is false when it
 * came only because others had more put aside than they needed. Demand is a twentieth above what the cap holds, answers
 * take a tenth to all of what their callers allow, and the budget holds a thousand of the dearest requests.
 */
class BudgetFalseRejectionTest {
    private static final long DEAREST = 2_000;
    private static final long CAP = 1_000 * DEAREST;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T00:00:00Z"));

    private record Open(BudgetReservation reservation, long cost) {}

    @ParameterizedTest(name = "K18 {0} under way at once")
    @CsvSource({"1", "4", "16"})
    void K18_of_a_hundred_who_ask_for_room_less_than_one_is_refused_for_nothing(int together) {
        Random random = new Random(together);
        BudgetLimit cap = BudgetTestLedger.monthly("team", CAP);
        List<Open> open = new ArrayList<>();
        long admitted = 0;
        long demanded = 0;
        int asked = 0;
        int right = 0;
        int wrong = 0;
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, clock)) {
            while (demanded < CAP / 20 * 21) {
                clock.advance(Duration.ofSeconds(random.nextInt(60)));
                if (open.size() == together || !open.isEmpty() && random.nextBoolean()) {
                    Open done = open.remove(random.nextInt(open.size()));
                    till.budgets.settle(done.reservation(), done.cost(), List.of());
                    continue;
                }
                long most = 500 + random.nextInt((int) (DEAREST - 500) + 1);
                long cost = most * (10 + random.nextInt(91)) / 100;
                demanded += cost;
                asked++;
                try {
                    open.add(new Open(till.reserve(most, cap), cost));
                    admitted += cost;
                } catch (BudgetExceededException e) {
                    if (admitted + most > CAP) {
                        right++;
                    } else {
                        wrong++;
                    }
                }
            }
        }
        assertThat(right).as("refusals that had to be, of %s", asked).isPositive();
        assertThat(admitted).as("the cap is made use of, and kept").isBetween(CAP / 100 * 99, CAP);
        assertThat(wrong * 100)
                .as("refusals for nothing, of %s who asked, in hundredths", asked)
                .isLessThan(asked);
    }
}
