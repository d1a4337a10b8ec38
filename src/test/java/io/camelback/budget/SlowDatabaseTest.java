package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.testkit.DelayProxy;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Budgets in a PostgreSQL each of whose answers comes 12 ms late, with a million dollars left. */
class SlowDatabaseTest {
    /** More than the usual half a second, because tests run on busy machines. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private static final BudgetLimit MILLION = BudgetTestLedger.cap("hot", 1_000_000_000_000L);

    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    private DelayProxy line;
    private BudgetTestLedger till;

    @BeforeEach
    void start() throws Exception {
        line = new DelayProxy(server.port(), 12);
        till = BudgetTestLedger.inServer(
                server.freshUrl().replace(":" + server.port() + "/", ":" + line.port() + "/"),
                Clock.systemUTC(),
                MAX_WAIT);
    }

    @AfterEach
    void stop() throws Exception {
        till.close();
        line.close();
    }

    @Test
    void none_of_32_callers_is_refused() throws Exception {
        assertThat(refused(32, 20)).isZero();
        LedgerSamples.soon(() -> assertThat(till.settled()).isEqualTo(32 * 20 * 10));
        assertThat(till.reserved()).isZero();
    }

    @Test
    void after_two_thousand_at_once_it_serves_as_before() throws Exception {
        assertThat(refused(2, 5)).isZero();
        refused(2_000, 1);
        assertThat(refused(2, 40)).as("refused afterwards").isZero();
        LedgerSamples.soon(() -> assertThat(till.reserved()).isZero());
        assertThat(till.budgets.open()).isZero();
    }

    @Test
    void after_a_connection_that_was_cut_it_serves_within_a_second() throws Exception {
        assertThat(refused(2, 5)).isZero();
        line.cut(true);
        assertThat(refused(8, 4)).isPositive();
        assertThat(till.budgets.outage())
                .hasValueSatisfying(outage -> assertThat(outage.refused()).isPositive());
        line.cut(false);
        long back = System.nanoTime();
        while (refused(1, 1) > 0) {
            assertThat(System.nanoTime() - back)
                    .as("nanoseconds since the database is back")
                    .isLessThan(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(till.budgets.outage()).isEmpty();
    }

    /** How many attempts a budget with room enough does not allow. */
    private int refused(int callers, int each) throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(callers, task -> new Thread(null, task, "caller", 256 << 10));
        try {
            CountDownLatch together = new CountDownLatch(callers);
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(() -> {
                    together.countDown();
                    together.await();
                    int refused = 0;
                    for (int asked = 0; asked < each; asked++) {
                        try {
                            till.budgets.settle(till.reserve(1_000, MILLION), 10, List.of());
                        } catch (LedgerUnavailableException e) {
                            refused++;
                        }
                    }
                    return refused;
                });
            }
            int refused = 0;
            for (Future<Integer> one : threads.invokeAll(all)) {
                refused += one.get();
            }
            return refused;
        } finally {
            threads.shutdownNow();
        }
    }
}
