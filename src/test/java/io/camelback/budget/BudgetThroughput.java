package io.camelback.budget;

import io.camelback.ledger.AttemptRow;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How many attempts a second 32 callers reserve and settle against one budget in PostgreSQL. Run by hand; prints one line. */
public final class BudgetThroughput {
    private static final int CALLERS = 32;
    private static final int SECONDS = 8;

    private BudgetThroughput() { }

    public static void main(String[] args) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (Till till = Till.inServer(url, Clock.systemUTC())) {
                run(till, 2);
                System.out.printf("one hot budget, %d callers: %d reserved and settled a second%n", CALLERS, run(till, SECONDS));
            }
        }
        System.exit(0);
    }

    private static long run(Till till, int seconds) throws InterruptedException {
        Cap cap = Till.cap("hot", Long.MAX_VALUE / 1_000);
        AtomicLong done = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            threads.execute(() -> {
                while (!over.get()) {
                    Reservation reservation = till.reserve(1_000, cap);
                    till.budgets.settle(reservation, 10, List.of(new AttemptRow(reservation.id(), 1, Till.ABOUT, "gpt", null,
                            "answered", "ok", null, 200, 1L, 1L, 1, null, AttemptRow.Flags.NONE, 10L, till.ledger.gateway())));
                    done.incrementAndGet();
                }
            });
        }
        Thread.sleep(seconds * 1_000L);
        over.set(true);
        threads.shutdown();
        threads.awaitTermination(30, TimeUnit.SECONDS);
        return done.get() / seconds;
    }
}
