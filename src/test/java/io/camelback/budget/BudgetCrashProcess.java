package io.camelback.budget;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A process that is killed: eight threads put room aside, let a provider serve, and settle. What the provider has
 * served it prints, one number a line, as soon as the room is put aside: from then on the provider may have served it.
 */
final class BudgetCrashProcess {
    private static final int THREADS = 8;

    private BudgetCrashProcess() {}

    public static void main(String[] args) {
        BudgetTestLedger till = BudgetTestLedger.inFile(Path.of(args[0]), Clock.systemUTC());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random();
            threads.execute(() -> {
                while (true) {
                    BudgetReservation reservation =
                            till.reserve(1_000, BudgetTestLedger.cap("gpt", Long.MAX_VALUE / 1_000));
                    long served = 1 + random.nextInt(1_000);
                    String line = served + "\n";
                    synchronized (BudgetCrashProcess.class) {
                        System.out.print(line);
                        System.out.flush();
                    }
                    till.budgets.settle(reservation, served, List.of(till.answered(reservation.id(), served)));
                }
            });
        }
    }
}
