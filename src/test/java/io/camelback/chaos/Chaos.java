package io.camelback.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.camelback.chaos.ChaosHistory.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.slf4j.LoggerFactory;

/**
 * Faults on purpose, as {@code mvn -Pchaos verify}: random schedules of kills, stops, full disks, slow and lost
 * databases, clock jumps, cut connections and edits, before real sockets, with the invariants checked after each. It
 * prints its seed, and fails when a promise was broken.
 *
 * <ul>
 *   <li>{@code -Dchaos.seed=N}: the first schedule's seed; those of the others follow it. A random one unless it is
 *       said
 *   <li>{@code -Dchaos.schedules=N}: how many; 200 unless it is said
 *   <li>{@code -Dchaos.recovery=N}: in how many seconds all must be well again; 10 unless it is said
 *   <li>{@code -Dchaos.faults=0,2}: of each schedule only these faults, to find out which of them it takes
 * </ul>
 */
public final class Chaos {
    private final List<ChaosRun.Report> reports = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private final Path folder;

    private final GatewayLauncher launcher;

    private Chaos(Path folder, GatewayLauncher launcher) {
        this.folder = folder;
        this.launcher = launcher;
    }

    public static void main(String[] none) throws Exception {
        long seed = Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
        int count = Integer.getInteger("chaos.schedules", 200);
        ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.WARN);
        String places = System.getProperty("chaos.faults", "");
        Path folder = Files.createTempDirectory("camelback-chaos");
        System.out.printf("JDK %s, seed %d, %d schedules; logs in %s%n", Runtime.version(), seed, count, folder);
        List<ChaosSchedule> schedules = LongStream.range(seed, seed + count)
                .mapToObj(ChaosSchedule::of)
                .map(schedule -> places.isEmpty()
                        ? schedule
                        : schedule.only(Arrays.stream(places.split(","))
                                .map(Integer::valueOf)
                                .toList()))
                .toList();
        Chaos chaos = new Chaos(
                folder,
                GatewayLauncher.create(folder, "-Xmx512m", "-XX:TieredStopAtLevel=1")
                        .withArchive());
        boolean good = chaos.run(schedules);
        System.exit(good ? 0 : 1);
    }

    /** Both kinds of ledgers side by side: most of the time is waiting. */
    private boolean run(List<ChaosSchedule> schedules) throws InterruptedException {
        long began = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (LedgerKind ledger : LedgerKind.values()) {
            List<ChaosSchedule> own = schedules.stream()
                    .filter(schedule -> schedule.ledger() == ledger)
                    .toList();
            Thread thread = new Thread(() -> playAll(ledger, own), "chaos-" + ledger);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        return summary(schedules.size(), seconds);
    }

    private void playAll(LedgerKind ledger, List<ChaosSchedule> schedules) {
        if (schedules.isEmpty()) {
            return;
        }
        try (ChaosWorld world = ChaosWorld.start(
                ledger, Files.createDirectories(folder.resolve(ledger.name().toLowerCase(Locale.ROOT))), launcher)) {
            if (world.disk != null && world.disk.problem() != null) {
                System.out.println("No disk is filled: " + world.disk.problem());
            }
            for (ChaosSchedule schedule : schedules) {
                tell(new ChaosRun(world, schedule).play());
            }
            leaked(world);
        } catch (IOException | SQLException | RuntimeException e) {
            failed.compareAndSet(null, e);
            System.out.println(ledger + ": " + e);
            e.printStackTrace(System.out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Neither prompts nor keys are in the log. */
    private void leaked(ChaosWorld world) throws IOException {
        for (GatewaySupervisor gateway : world.gateways) {
            String log = Files.readString(gateway.log());
            for (String canary : List.of(ChaosCaller.PROMPT, ChaosWorld.PROVIDER_KEY)) {
                if (log.contains(canary)) {
                    failed.compareAndSet(null, new IOException(gateway.log() + " has " + canary));
                }
            }
        }
    }

    private void tell(ChaosRun.Report report) {
        reports.add(report);
        synchronized (System.out) {
            System.out.printf(
                    "%4d  %s%n      %d requests: %d answered (%d replays), %d refused, %d broken off, %d cut, %d left;"
                            + " well after %s; %d excused; %s%n",
                    reports.size(),
                    report.schedule().text().replace("\n", "\n      "),
                    report.callers().size(),
                    report.count(Outcome.WHOLE),
                    report.replays(),
                    report.count(Outcome.REFUSED),
                    report.count(Outcome.BROKEN_OFF),
                    report.count(Outcome.CUT),
                    report.count(Outcome.LEFT),
                    report.recovered() < 0 ? "too long" : report.recovered() + " ms",
                    report.excused(),
                    report.broken().isEmpty() ? "all promises kept" : "BROKEN:");
            report.broken().forEach(broken -> System.out.println("        ! " + broken));
        }
    }

    private boolean summary(int wanted, long seconds) {
        List<ChaosRun.Report> broken =
                reports.stream().filter(report -> !report.broken().isEmpty()).toList();
        long[] recovered = reports.stream()
                .mapToLong(ChaosRun.Report::recovered)
                .filter(millis -> millis >= 0)
                .sorted()
                .toArray();
        System.out.printf("%n%-44s %d of %d in %d s%n", "schedules", reports.size(), wanted, seconds);
        for (FaultKind kind : FaultKind.values()) {
            System.out.printf(
                    "%-44s %d%n",
                    "  " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    reports.stream()
                            .flatMap(report -> report.schedule().faults().stream())
                            .filter(fault -> fault.kind() == kind)
                            .count());
        }
        row(
                "requests",
                reports.stream().mapToLong(report -> report.callers().size()).sum());
        for (Outcome outcome : Outcome.values()) {
            row(
                    "  " + outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    reports.stream().mapToLong(report -> report.count(outcome)).sum());
        }
        row(
                "  of them replays",
                reports.stream().mapToLong(ChaosRun.Report::replays).sum());
        row(
                "rows or runs excused by a kill",
                reports.stream().mapToLong(ChaosRun.Report::excused).sum());
        System.out.printf(
                "%-44s %s%n",
                "well again after, p50, p90, most (ms)",
                recovered.length == 0
                        ? "-"
                        : recovered[recovered.length / 2] + ", " + recovered[recovered.length * 9 / 10] + ", "
                                + recovered[recovered.length - 1]);
        System.out.printf(
                "%-44s %d %s%n",
                "schedules with a broken promise",
                broken.size(),
                broken.stream().map(report -> report.schedule().seed()).toList());
        if (failed.get() != null) {
            System.out.println("The run itself failed: " + failed.get());
        }
        return broken.isEmpty() && failed.get() == null && reports.size() == wanted;
    }

    private static void row(String what, long value) {
        System.out.printf("%-44s %d%n", what, value);
    }
}
