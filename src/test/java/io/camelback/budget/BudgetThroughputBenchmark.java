package io.camelback.budget;

import io.camelback.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * How many attempts a second 32 callers reserve and settle against one budget in PostgreSQL. Run by hand; prints one
 * line.
 */
public final class BudgetThroughputBenchmark {
    private static final int CALLERS = 32;
    private static final int SECONDS = 8;

    private BudgetThroughputBenchmark() {}

    public static void main(String[] args) throws Exception {
        try (PostgresServer postgres = PostgresServer.durable()) {
            try (BudgetTestLedger till = BudgetTestLedger.inServer(postgres.url(), Clock.systemUTC())) {
                run(till, 2);
                System.out.printf(
                        "one hot budget, %d callers: %d reserved and settled a second%n", CALLERS, run(till, SECONDS));
            }
        }
        Path folder = Files.createTempDirectory("ledger");
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, Clock.systemUTC())) {
            run(till, 2);
            System.out.printf("the same in SQLite: %d a second%n", run(till, SECONDS));
            rows("SQLite", till);
        }
        try (PostgresServer postgres = PostgresServer.durable();
                BudgetTestLedger till = BudgetTestLedger.inServer(postgres.url(), Clock.systemUTC())) {
            rows("PostgreSQL", till);
        }
        System.exit(0);
    }

    /** How long the end of an answer waits for its rows. */
    private static void rows(String database, BudgetTestLedger till) throws Exception {
        for (int callers : new int[] {1, CALLERS}) {
            ExecutorService threads = Executors.newFixedThreadPool(callers);
            List<Future<long[]>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(() -> waits(till)));
            }
            long[] nanos = new long[0];
            for (Future<long[]> one : all) {
                nanos = LongStream.concat(LongStream.of(nanos), LongStream.of(one.get()))
                        .toArray();
            }
            threads.shutdown();
            Arrays.sort(nanos);
            System.out.printf(
                    "rows of a request, %s, %d callers: p50 %d us, p99 %d us%n",
                    database, callers, nanos[nanos.length / 2] / 1_000, nanos[nanos.length * 99 / 100] / 1_000);
        }
    }

    private static long[] waits(BudgetTestLedger till) {
        long[] nanos = new long[2_000];
        for (int i = -1_000; i < nanos.length; i++) {
            long before = System.nanoTime();
            till.ledger.write(List.of(till.answered(till.ledger.nextId(), 10)), Duration.ofSeconds(10));
            if (i >= 0) {
                nanos[i] = System.nanoTime() - before;
            }
        }
        return nanos;
    }

    private static long run(BudgetTestLedger till, int seconds) throws InterruptedException {
        BudgetLimit cap = BudgetTestLedger.cap("hot", Long.MAX_VALUE / 1_000);
        AtomicLong done = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            threads.execute(() -> {
                while (!over.get()) {
                    BudgetReservation reservation = till.reserve(1_000, cap);
                    till.budgets.settle(reservation, 10, List.of(till.answered(reservation.id(), 10)));
                    done.incrementAndGet();
                }
            });
        }
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        over.set(true);
        threads.shutdown();
        threads.awaitTermination(30, TimeUnit.SECONDS);
        return done.get() / seconds;
    }
}
