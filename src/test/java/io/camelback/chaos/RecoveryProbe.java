package io.camelback.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chaos.ChaosCaller.Asked;
import io.camelback.chaos.ChaosHistory.CallerRecord;
import io.camelback.chaos.ChaosHistory.Outcome;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Asks each gateway until everything is as it should be, in all API formats, with a budget and with an Idempotency-Key.
 */
final class RecoveryProbe {
    /** In milliseconds from the end of the last fault. */
    static final long LIMIT = TimeUnit.SECONDS.toMillis(Integer.getInteger("chaos.recovery", 10));

    private static final long PAUSE_MILLIS = 200;
    private final ChaosWorld world;
    private final ChaosCaller caller;
    private final CallerLoad.Key key;
    private final LongSupplier clock;
    private final AtomicInteger number = new AtomicInteger();
    private String lastWrong = "nothing";

    RecoveryProbe(ChaosWorld world, ChaosCaller caller, CallerLoad.Key key, LongSupplier clock) {
        this.world = world;
        this.caller = caller;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Waits until all is well.
     *
     * @param since when the last fault was over
     * @param prefix of the probes' names
     * @param load of the callers' names: what a gateway left open that was killed in an earlier schedule does not count
     * @param orphans whether reservations may be open: those of a dead gateway are until its lease is over
     * @return what was not well in time; empty when all was
     */
    List<String> await(long since, String prefix, String load, boolean orphans) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        boolean last = false;
        while (true) {
            wrong.clear();
            for (int i = 0; i < world.gateways.size(); i++) {
                probe(i, prefix, wrong);
            }
            if (wrong.isEmpty()) {
                quiet(List.of(prefix, load), orphans, wrong);
            }
            if (wrong.isEmpty() || last) {
                return wrong;
            }
            lastWrong = wrong.toString();
            last = clock.getAsLong() - since > LIMIT;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
    }

    /** What was not well when it was last asked, before all was. */
    String lastWrong() {
        return lastWrong;
    }

    private void probe(int gateway, String prefix, List<String> wrong) throws InterruptedException {
        try {
            HttpResponse<String> ready = world.gateways.get(gateway).management("/observe/health/ready", null);
            if (ready.statusCode() != 200) {
                wrong.add("gateway " + (gateway + 1) + " is not ready: " + ready.body());
                return;
            }
        } catch (IOException e) {
            wrong.add("gateway " + (gateway + 1) + "'s management port: " + e);
            return;
        }
        for (ApiFormat format : ApiFormat.values()) {
            for (boolean stream : new boolean[] {false, true}) {
                String name = prefix + "probe" + number.incrementAndGet();
                CallerRecord record = caller.ask(
                        world.gateways.get(gateway).front().port(),
                        new Asked(
                                name + ".1",
                                name,
                                stream,
                                gateway,
                                key.key().id(),
                                key.secret(),
                                format,
                                stream,
                                0,
                                0));
                if (record.outcome() != Outcome.WHOLE) {
                    wrong.add("gateway " + (gateway + 1) + ", " + format + (stream ? ", streaming" : "") + ": "
                            + record.outcome() + " " + record.status() + " " + record.code() + " " + record.text());
                    return;
                }
            }
        }
    }

    private void quiet(List<String> prefixes, boolean orphans, List<String> wrong) throws InterruptedException {
        for (int i = 0; i < world.gateways.size(); i++) {
            try {
                JsonNode state = Json.read(
                        world.gateways.get(i).management("/api/state", null).body());
                int inFlight = state.at("/summary/in_flight").asInt(-1);
                if (inFlight != 0) {
                    wrong.add("gateway " + (i + 1) + " has " + inFlight + " calls in flight");
                }
            } catch (IOException e) {
                wrong.add("gateway " + (i + 1) + "'s state: " + e);
            }
        }
        try (Connection connection = world.connect()) {
            long open = new LedgerTables(connection).openReservations(prefixes);
            if (open > 0 && !orphans) {
                wrong.add(open + " reservations are open");
            }
        } catch (SQLException e) {
            wrong.add("the ledger: " + e.getMessage());
        }
    }
}
