package io.camelback.benchmark;

import io.camelback.budget.BudgetLimit;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetReservation;
import io.camelback.budget.BudgetService;
import io.camelback.budget.ReservationRequest;
import io.camelback.chat.Usage;
import io.camelback.config.Budget;
import io.camelback.config.BudgetPeriod;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.RequestRow;
import io.camelback.ledger.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What money adds to a request: with three budgets on SQLite (300 µs at p50 is the aim), and without any (10 µs). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BudgetBenchmark {
    private static final RequestRef ABOUT =
            new RequestRef("req_0123456789abcdef01234567", null, "agent", "debug", 55, 1);
    private final BudgetPolicy none = new BudgetPolicy(
            CamelbackConfigReader.read("deployments: { a: { provider: local, model: m } }", "bench", name -> null)
                    .config()
                    .spending(),
            key -> Optional.empty());
    private final List<BudgetLimit> caps = Stream.of("glm", "agent", "")
            .flatMap(name -> BudgetLimit.of(
                    BudgetLimit.Scope.DEPLOYMENT,
                    name,
                    new Budget(
                            Map.of(BudgetPeriod.MONTH, Long.MAX_VALUE / 1_000),
                            List.of(80),
                            Budget.NO_PRE_EMPTION,
                            Set.of()))
                    .stream())
            .toList();
    /** Between two requests, in nanoseconds. */
    private static final long PACE = 300_000;

    private Path folder;
    private Ledger ledger;
    private BudgetService budgets;

    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("camelback-bench");
        ledger = Ledger.open(SqliteDatabase.open(folder.resolve("ledger.db"), Clock.systemUTC()), new Random());
        budgets = BudgetService.open(ledger, Clock.systemUTC(), Duration.ofSeconds(5));
    }

    @TearDown
    public void close() throws IOException {
        ledger.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Requests come at a pace, as they do to a gateway; without one the ledger's queue is full at once. */
    @Setup(Level.Invocation)
    public void pace() {
        LockSupport.parkNanos(PACE);
    }

    @Benchmark
    public BudgetReservation budgeted() {
        BudgetReservation room =
                budgets.reserve(new ReservationRequest(ABOUT, "glm", null, caps, ZoneOffset.UTC, 1_000));
        budgets.settle(room, 700, List.of(attempt(room.id())));
        return room;
    }

    @Benchmark
    public List<BudgetLimit> unbudgeted() {
        ledger.add(attempt(ledger.nextId()));
        ledger.add(new RequestRow(
                ledger.nextId(),
                1,
                ABOUT,
                "openai",
                "agent",
                "glm",
                "glm",
                null,
                200,
                null,
                false,
                900,
                1,
                null,
                700L,
                ledger.gateway(),
                null,
                null));
        return none.caps("glm", "agent", null);
    }

    private AttemptRow attempt(String id) {
        return new AttemptRow(
                id,
                1,
                ABOUT,
                "glm",
                null,
                "answered",
                "ok",
                null,
                200,
                1L,
                100L,
                900,
                Usage.of(100, 50),
                AttemptRow.Flags.NONE,
                700L,
                ledger.gateway());
    }
}
