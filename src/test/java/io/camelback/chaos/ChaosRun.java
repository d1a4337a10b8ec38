package io.camelback.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chaos.ChaosHistory.CallerRecord;
import io.camelback.chaos.ChaosHistory.ClientKey;
import io.camelback.chaos.ChaosHistory.LedgerRecord;
import io.camelback.chaos.ChaosHistory.Outcome;
import io.camelback.chaos.ChaosHistory.ProviderRecord;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.RecordedRequest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays one schedule in a world and says what came of it. */
final class ChaosRun {
    static final long NOT_AT_ALL = -1;
    private static final int CALLERS = 6;
    private static final int SECONDS_TO_ANSWER = 20;
    private static final Pattern ASK = Pattern.compile(ChaosCaller.PROMPT + " (ask-?\\d+-\\w+)");
    private final LongSupplier clock = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    private final ChaosCaller caller = new ChaosCaller(clock);
    private final ChaosWorld world;
    private final ChaosSchedule schedule;

    ChaosRun(ChaosWorld world, ChaosSchedule schedule) {
        this.world = world;
        this.schedule = schedule;
    }

    /**
     * What came of a schedule.
     *
     * @param recovered how long it took until all was well again, in milliseconds; -1 when it took too long
     * @param excused see {@link InvariantCheck.Result}
     * @param broken one line for each promise that was broken
     */
    record Report(
            ChaosSchedule schedule, List<CallerRecord> callers, long recovered, int excused, List<String> broken) {
        long count(Outcome outcome) {
            return callers.stream()
                    .filter(caller -> caller.outcome() == outcome)
                    .count();
        }

        long replays() {
            return callers.stream()
                    .filter(caller -> caller.outcome() == Outcome.WHOLE && caller.replay())
                    .count();
        }
    }

    Report play() throws IOException, InterruptedException, SQLException {
        List<CallerLoad.Key> keys = List.of(
                key("free", "{}", 0, 0),
                key("capped", "{\"budget\":{\"day\":\"0.004\"}}", 4_000, 0),
                key("roomy", "{\"budget\":{\"day\":\"100\"}}", 100_000_000, 0),
                key("counted", "{\"limits\":{\"requests/hour\":\"15\"}}", 0, 15));
        CallerLoad.Key probing = key("probe", "{\"budget\":{\"day\":\"100\"}}", 100_000_000, 0);
        world.speed(schedule.tokenMillis());
        Queue<CallerRecord> records = new ConcurrentLinkedQueue<>();
        CallerLoad load = new CallerLoad(world, caller, schedule.seed(), () -> keys, 0, records::add);
        FaultInjector faults = new FaultInjector(world, schedule, clock);
        load.start(CALLERS);
        faults.play();
        load.stop();
        world.speed(1);
        List<String> broken = new ArrayList<>(faults.problems());
        boolean orphans =
                world.ledger == LedgerKind.POSTGRES && !faults.deaths().isEmpty();
        RecoveryProbe probe = new RecoveryProbe(world, caller, probing, clock);
        List<String> unwell = probe.await(faults.lastEnd(), "probe" + schedule.seed() + "-", load.prefix(), orphans);
        long recovered = clock.getAsLong() - faults.lastEnd();
        if (recovered > RecoveryProbe.LIMIT) {
            broken.add("all was well only " + recovered + " ms after the last fault; before: " + probe.lastWrong());
        }
        unwell.forEach(wrong -> broken.add(RecoveryProbe.LIMIT + " ms after the last fault: " + wrong));
        if (load.await(SECONDS_TO_ANSWER) > 0) {
            broken.add("some callers have no answer and no error after " + SECONDS_TO_ANSWER + " s");
        }
        InvariantCheck.Result result = InvariantCheck.of(history(load.prefix(), List.copyOf(records), keys, faults));
        broken.addAll(result.broken());
        return new Report(
                schedule,
                List.copyOf(records),
                unwell.isEmpty() ? recovered : NOT_AT_ALL,
                result.excused(),
                List.copyOf(broken));
    }

    private CallerLoad.Key key(String name, String settings, long budget, long requests)
            throws IOException, InterruptedException {
        JsonNode made = world.createKey(name + schedule.seed(), settings);
        return new CallerLoad.Key(
                new ClientKey(made.path("id").asText(), budget, requests),
                made.path("secret").asText());
    }

    private ChaosHistory history(
            String prefix, List<CallerRecord> records, List<CallerLoad.Key> keys, FaultInjector faults)
            throws SQLException {
        List<ClientKey> all = keys.stream().map(CallerLoad.Key::key).toList();
        LedgerRecord ledger;
        try (Connection connection = world.connect()) {
            ledger = new LedgerTables(connection)
                    .read(prefix, all.stream().map(ClientKey::id).toList());
        }
        return new ChaosHistory(
                CallerLoad.ANSWER,
                CallerLoad.TOKENS,
                all,
                records,
                providers(prefix),
                ledger,
                faults.deaths(),
                faults.outages());
    }

    private List<ProviderRecord> providers(String prefix) {
        List<ProviderRecord> records = new ArrayList<>();
        for (SimulatedProvider provider : world.providers) {
            for (RecordedRequest received : provider.received()) {
                Matcher ask = ASK.matcher(received.json().toString());
                if (ask.find() && ask.group(1).startsWith(prefix)) {
                    records.add(record(provider.name(), ask.group(1), received));
                }
            }
        }
        return records;
    }

    private static ProviderRecord record(String provider, String ask, RecordedRequest received) {
        RecordedRequest.Outcome outcome = received.outcome();
        return new ProviderRecord(
                ask,
                provider,
                TimeUnit.NANOSECONDS.toMillis(received.at()),
                outcome == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.toMillis(outcome.at()),
                received.tokensSent(),
                outcome != null
                        && outcome.ending() == RecordedRequest.Ending.ANSWERED
                        && received.tokensSent() >= CallerLoad.TOKENS);
    }
}
