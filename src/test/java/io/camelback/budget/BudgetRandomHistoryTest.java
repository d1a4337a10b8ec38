package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * K10: random reservations, settlements, cancellations and crashes, on four threads, by two gateways where the ledger
 * can be shared. At every moment what is settled and put aside is within the cap; in the end it is what the history
 * says, to the micro-dollar. {@code -Dhistory=10000} for longer histories.
 */
class BudgetRandomHistoryTest {
    private static final int THREADS = 4;
    private static final long CAP = 100_000;

    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @Test
    void K10_in_a_file(@TempDir Path folder) throws Exception {
        try (BudgetTestLedger till = BudgetTestLedger.inFile(folder, Clock.systemUTC())) {
            new History(till, till).check(Integer.getInteger("history", 10_000));
        }
    }

    @Test
    void K10_in_a_server_by_two_gateways() throws Exception {
        try (BudgetTestLedger one = BudgetTestLedger.inServer(server.freshUrl(), Clock.systemUTC());
                BudgetTestLedger other = BudgetTestLedger.inServer(server.freshUrl(), Clock.systemUTC())) {
            new History(one, other).check(Integer.getInteger("history", 2_000));
        }
    }

    private static final class History {
        private final BudgetTestLedger[] tills;
        private final BudgetLimit small = BudgetTestLedger.cap("small", CAP);
        private final BudgetLimit large = BudgetTestLedger.monthly("large", 3 * CAP);
        private final AtomicLong spent = new AtomicLong();
        private final AtomicLong refused = new AtomicLong();

        History(BudgetTestLedger... tills) {
            this.tills = tills;
        }

        void check(int operations) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Callable<Void>> all = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    BudgetTestLedger till = tills[i % tills.length];
                    Random random = new Random(i);
                    all.add(() -> play(till, random, operations / THREADS));
                }
                for (Future<Void> done : threads.invokeAll(all)) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }
            BudgetTestLedger till = tills[0];
            LedgerSamples.soon(() -> assertThat(till.reserved()).isZero());
            assertThat(sum(till, "settled", small)).isEqualTo(spent.get());
            assertThat(sum(till, "settled", large)).isEqualTo(spent.get());
            assertThat(refused.get()).as("the cap was reached").isPositive();
            assertThat(spent.get()).as("and made use of").isBetween(CAP * 9 / 10, CAP);
        }

        private Void play(BudgetTestLedger till, Random random, int operations) {
            List<BudgetReservation> open = new ArrayList<>();
            for (int i = 0; i < operations; i++) {
                if (open.isEmpty() || random.nextInt(3) == 0) {
                    try {
                        open.add(till.reserve(1 + random.nextInt(2_000), small, large));
                    } catch (BudgetExceededException e) {
                        refused.incrementAndGet();
                    }
                } else {
                    end(till, open.remove(random.nextInt(open.size())), random);
                }
                assertThat(sum(till, "settled + reserved", small)).isLessThanOrEqualTo(CAP);
            }
            open.forEach(reservation -> end(till, reservation, random));
            return null;
        }

        /** Settled at some of it, cancelled at nothing, or left by a gateway that dies and recovered at all of it. */
        private void end(BudgetTestLedger till, BudgetReservation reservation, Random random) {
            long most = reservation.charge().microDollars();
            int how = random.nextInt(10);
            if (how == 0) {
                die(till, reservation);
                spent.addAndGet(most);
                recover(till);
            } else {
                long cost = how < 3 ? 0 : random.nextInt(1 + (int) most / 10);
                spent.addAndGet(cost);
                till.budgets.settle(reservation, cost, List.of());
            }
        }

        private static void die(BudgetTestLedger till, BudgetReservation reservation) {
            till.ledger.database().write(connection -> {
                try (PreparedStatement statement =
                        connection.prepareStatement("UPDATE camelback_reservation SET gateway = 'dead' WHERE id = ?")) {
                    statement.setString(1, reservation.id());
                    return statement.executeUpdate();
                }
            });
        }

        private static void recover(BudgetTestLedger till) {
            new OrphanedReservationReaper(till.ledger, id -> true, System::currentTimeMillis).run();
        }

        private static long sum(BudgetTestLedger till, String what, BudgetLimit cap) {
            return till.ledger.database().write((Connection connection) -> {
                try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT COALESCE(SUM(" + what + "), 0) FROM camelback_budget WHERE budget = ?")) {
                    statement.setString(1, cap.id());
                    try (java.sql.ResultSet row = statement.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                }
            });
        }
    }
}
