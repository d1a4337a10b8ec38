package io.camelback.testkit;

import static org.awaitility.Awaitility.await;

import io.camelback.chat.Usage;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerRow;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.RequestRow;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;

/** Rows, and what a ledger holds. */
public final class LedgerSamples {
    private static final RequestRef ABOUT = new RequestRef("req_1", null, "premium", "debug", 55, 1);

    private LedgerSamples() {}

    public static RequestRow request(String id, String asked) {
        return new RequestRow(
                id, 1_000, ABOUT, "openai", asked, "gpt", "gpt", null, 200, null, true, 12, 1, null, 5L, "test", null,
                null);
    }

    public static AttemptRow attempt(String id, Usage usage) {
        return new AttemptRow(
                id,
                1_000,
                ABOUT,
                "gpt",
                null,
                "answered",
                "ok",
                null,
                200,
                1L,
                2L,
                12,
                usage,
                AttemptRow.Flags.NONE,
                5L,
                "test");
    }

    /** Keeps a ledger's database busy, from the return of this on. @param until half a minute at most */
    public static void hang(Ledger ledger, CountDownLatch until) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        ledger.database().submit(connection -> {
            busy.countDown();
            try {
                return until.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        busy.await();
    }

    /** Writes rows; what goes wrong with that shows in the ledger's health. */
    public static void fill(Ledger ledger, String prefix) {
        for (int i = 0; i < 100; i++) {
            ledger.add(attempt(prefix + "-" + i, null));
        }
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> ledger.waiting() == 0 || ledger.problem().isPresent());
    }

    /** A hundred requests with an attempt each. */
    public static List<LedgerRow> hundred() {
        return IntStream.range(0, 100)
                .boxed()
                .flatMap(i -> Stream.<LedgerRow>of(
                        request(UUID.randomUUID().toString(), "premium"),
                        attempt(UUID.randomUUID().toString(), new Usage(10, 2, 3, 4, 1))))
                .toList();
    }

    public static long count(Ledger ledger, String table) {
        return number(ledger, "SELECT COUNT(*) FROM " + table);
    }

    public static long number(Ledger ledger, String sql) {
        return number(ledger.database(), sql);
    }

    public static long number(LedgerDatabase database, String sql) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getLong(1) : 0;
            }
        });
    }

    public static String text(Ledger ledger, String sql) {
        return ledger.database().read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getString(1) : null;
            }
        });
    }

    public static void soon(ThrowingRunnable check) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(check);
    }
}
