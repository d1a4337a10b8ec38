package io.camelback.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chaos.ChaosHistory.CallerRecord;
import io.camelback.chaos.ChaosHistory.ClientKey;
import io.camelback.chaos.ChaosHistory.Outcome;
import io.camelback.json.Json;
import io.camelback.testkit.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A day of a gateway in half an hour, as {@code mvn -Psoak-mixed verify}: callers in all API formats, some leaving
 * early, some reading slowly, some over their budget, before providers that fail in every way, while files are edited.
 * Every 30 s it prints what the gateway's process holds. It fails when memory, threads or descriptors grow, or when a
 * caller was told a success that was none. {@code -Dsoak.minutes=N}: how long; 30 unless it is said.
 */
public final class MixedSoak {
    private static final int CALLERS = 16;
    private static final int SLOWEST_LINE = 120;
    private static final int KEPT = 200;
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final double MEBIBYTE = 1 << 20;
    private final List<SteadySeries> series = List.of(
            new SteadySeries("RSS (MiB)", 12),
            new SteadySeries("threads", 3),
            new SteadySeries("descriptors", 8),
            new SteadySeries("old generation (MiB)", 4),
            new SteadySeries("in flight", 16));
    private final Map<Outcome, AtomicLong> outcomes = new EnumMap<>(Outcome.class);
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Random random = new Random(Long.getLong("soak.seed", 1));
    private final ChaosWorld world;
    private volatile List<CallerLoad.Key> keys = List.of();
    private int number;

    private MixedSoak(ChaosWorld world) {
        this.world = world;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new AtomicLong());
        }
    }

    public static void main(String[] none) throws Exception {
        Path folder = Files.createTempDirectory("camelback-soak");
        int minutes = Integer.getInteger("soak.minutes", 30);
        System.out.printf("JDK %s, %d minutes, %d callers; log in %s%n", Runtime.version(), minutes, CALLERS, folder);
        GatewayLauncher launcher = GatewayLauncher.create(
                folder, "-Xmx512m", "-Xms96m", "-XX:MaxHeapFreeRatio=50", "-XX:-ShrinkHeapInSteps");
        try (ChaosWorld world = ChaosWorld.roomy(folder, launcher)) {
            world.providers.forEach(provider -> provider.keep(KEPT));
            System.exit(new MixedSoak(world).run(Duration.ofMinutes(minutes)) ? 0 : 1);
        }
    }

    private boolean run(Duration length) throws IOException, InterruptedException, SQLException {
        newKeys();
        world.speed(10);
        CallerLoad load = new CallerLoad(
                world,
                new ChaosCaller(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())),
                0,
                () -> keys,
                SLOWEST_LINE,
                this::told);
        load.start(CALLERS);
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        every(timer, 4, this::trouble);
        every(
                timer,
                20,
                () -> world.home.edit(
                        List.of("timeouts", "chain order", "comment").get(number % 3)));
        every(timer, 60, this::brokenEdit);
        every(timer, 180, this::newKeys);
        System.out.printf("%6s %10s", "s", "requests");
        series.forEach(one -> System.out.printf(" %20s", one.name()));
        System.out.println();
        long began = System.nanoTime();
        for (long next = LOOK.toNanos(); next <= length.toNanos(); next += LOOK.toNanos()) {
            LockSupport.parkNanos(began + next - System.nanoTime());
            look(TimeUnit.NANOSECONDS.toSeconds(next));
        }
        timer.shutdownNow();
        timer.awaitTermination(10, TimeUnit.SECONDS);
        world.providers.forEach(provider -> provider.script().clear());
        load.stop();
        long waiting = load.await(20);
        return summary(waiting);
    }

    private interface Chore {
        void run() throws IOException, InterruptedException;
    }

    private void every(ScheduledExecutorService timer, int seconds, Chore chore) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        chore.run();
                    } catch (IOException e) {
                        wrong.add("A chore failed: " + e);
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                },
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    private void newKeys() throws IOException, InterruptedException {
        number++;
        keys = List.of(
                key("free", "{}", 0),
                key("capped", "{\"budget\":{\"day\":\"0.02\"}}", 20_000),
                key("roomy", "{\"budget\":{\"day\":\"1000\"}}", 1_000_000_000),
                key("counted", "{\"limits\":{\"requests/hour\":\"1000\"}}", 0));
    }

    private CallerLoad.Key key(String name, String settings, long budget) throws IOException, InterruptedException {
        JsonNode made = world.createKey(name + number, settings);
        return new CallerLoad.Key(
                new ClientKey(made.path("id").asText(), budget, 0),
                made.path("secret").asText());
    }

    /** One provider answers wrongly for a while, now and then two of them. */
    private void trouble() {
        world.providers.forEach(provider -> provider.script().clear());
        for (int i = 0; i <= random.nextInt(3) / 2; i++) {
            ProviderTrouble trouble = ProviderTrouble.values()[random.nextInt(ProviderTrouble.values().length)];
            world.providers.get(random.nextInt(world.providers.size())).script().always(trouble.fault());
        }
    }

    private void brokenEdit() throws IOException {
        world.home.spoil(FaultKind.BROKEN_EDIT.variants.get(random.nextInt(FaultKind.BROKEN_EDIT.variants.size())));
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        world.home.restore();
    }

    private void told(CallerRecord record) {
        outcomes.get(record.outcome()).incrementAndGet();
        if (record.outcome() == Outcome.TRUNCATED
                || "internal_error".equals(record.code())
                || record.outcome() == Outcome.WHOLE && !record.text().equals(CallerLoad.ANSWER)) {
            wrong.add(record.toString());
        }
    }

    private long requests() {
        return outcomes.values().stream().mapToLong(AtomicLong::get).sum();
    }

    private void look(long seconds) throws IOException, InterruptedException {
        GatewayProcess child = world.gateways.get(0).child();
        double old = child.oldGeneration() / MEBIBYTE;
        double[] now = {child.resident() / MEBIBYTE, child.count("task"), child.count("fd"), old, inFlight()};
        System.out.printf("%6d %10d", seconds, requests());
        for (int i = 0; i < now.length; i++) {
            series.get(i).add(now[i]);
            System.out.printf(" %20.1f", now[i]);
        }
        System.out.println();
    }

    private int inFlight() throws IOException, InterruptedException {
        return Json.read(world.gateways.get(0).management("/api/state", null).body())
                .at("/summary/in_flight")
                .asInt(-1);
    }

    private boolean summary(long waiting) throws IOException, InterruptedException, SQLException {
        System.out.println(outcomes);
        List<String> broken = new ArrayList<>(wrong);
        for (SteadySeries one : series) {
            System.out.printf(
                    "%-22s first %.1f, middle third %.1f, last third %.1f, last %.1f%s%n",
                    one.name(), one.first(), one.middle(), one.end(), one.last(), one.steady() ? "" : "  <- grows");
            if (!one.steady()) {
                broken.add(one.name() + " grows");
            }
        }
        if (waiting > 0 || inFlight() != 0) {
            broken.add(waiting + " callers wait, and " + inFlight() + " calls are in flight after the end");
        }
        try (Connection connection = world.connect()) {
            long open = new LedgerTables(connection).openReservations(List.of(""));
            long settled = number(connection, "SELECT SUM(settled) FROM camelback_budget");
            long billed = number(
                    connection,
                    "SELECT SUM(micro_dollars) FROM camelback_attempt WHERE client_key IN"
                            + " (SELECT SUBSTR(budget, 5, 12) FROM camelback_budget)");
            System.out.printf(
                    "%-22s %d open reservations; %d micro-dollars settled, %d in rows%n",
                    "ledger", open, settled, billed);
            if (open != 0 || settled != billed) {
                broken.add("The ledger does not agree with itself");
            }
        }
        broken.stream().limit(20).forEach(one -> System.out.println("! " + one));
        System.out.println(broken.isEmpty() ? "Flat, and all promises kept." : broken.size() + " things are wrong.");
        return broken.isEmpty();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
