package io.camelback.chaos;

import io.camelback.chaos.ChaosHistory.AttemptRow;
import io.camelback.chaos.ChaosHistory.CallerRecord;
import io.camelback.chaos.ChaosHistory.ClientKey;
import io.camelback.chaos.ChaosHistory.Death;
import io.camelback.chaos.ChaosHistory.Outcome;
import io.camelback.chaos.ChaosHistory.ProviderRecord;
import io.camelback.chaos.ChaosHistory.RequestRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a history against what the gateway promises whatever happens: no cap is passed, no row is lost, no request with
 * an Idempotency-Key is run twice, and no success is told that was none.
 */
final class InvariantCheck {
    /** How long a row may wait for the ledger when nothing is wrong; a process that is killed takes it along. */
    static final long LAG = 1_500;

    private final ChaosHistory history;
    private final List<String> broken = new ArrayList<>();
    private final Map<String, ClientKey> keys;
    private final Map<String, List<CallerRecord>> callersByAsk;
    private final Map<String, List<ProviderRecord>> providersByAsk;
    private final Map<String, List<RequestRow>> requests;
    private final Map<String, List<AttemptRow>> attempts;
    private int excused;

    private InvariantCheck(ChaosHistory history) {
        this.history = history;
        this.keys = history.keys().stream().collect(Collectors.toMap(ClientKey::id, Function.identity()));
        this.callersByAsk = history.callers().stream().collect(Collectors.groupingBy(CallerRecord::ask));
        this.providersByAsk = history.providers().stream().collect(Collectors.groupingBy(ProviderRecord::ask));
        this.requests = history.ledger().requests().stream().collect(Collectors.groupingBy(RequestRow::requestId));
        this.attempts = history.ledger().attempts().stream().collect(Collectors.groupingBy(AttemptRow::requestId));
    }

    /**
     * @param broken one line for each promise that was broken
     * @param excused how many rows are missing, or requests were run again, because a process was killed before it
     *     could write
     */
    record Result(List<String> broken, int excused) {}

    static Result of(ChaosHistory history) {
        InvariantCheck check = new InvariantCheck(history);
        history.callers().forEach(check::told);
        check.broken.addAll(LimitCheck.broken(history));
        check.rows();
        check.callersByAsk.forEach(check::runOnce);
        return new Result(List.copyOf(check.broken), check.excused);
    }

    private void told(CallerRecord caller) {
        if (caller.outcome() == Outcome.TRUNCATED) {
            broken.add(
                    caller.requestId() + " ended like a success, without the model's end: \"" + caller.text() + "\"");
        }
        if ("internal_error".equals(caller.code())) {
            broken.add(caller.requestId() + " was told internal_error");
        }
        if (caller.outcome() != Outcome.WHOLE) {
            return;
        }
        if (!caller.text().equals(history.answer())) {
            broken.add(caller.requestId() + " was told a success that is not the model's answer: \"" + caller.text()
                    + "\"");
        }
        boolean answered = providersOf(caller)
                .anyMatch(provider -> provider.whole()
                        && (caller.replay()
                                || caller.deployment() == null
                                || provider.deployment().equals(caller.deployment())));
        if (!answered) {
            broken.add(caller.requestId() + " was told a success of " + caller.deployment()
                    + ", which has answered no such request in full");
        }
    }

    private Stream<ProviderRecord> providersOf(CallerRecord caller) {
        return providersByAsk.getOrDefault(caller.ask(), List.of()).stream();
    }

    private void rows() {
        requests.forEach((id, rows) -> {
            if (rows.size() > 1) {
                broken.add(id + " has " + rows.size() + " rows");
            }
        });
        for (CallerRecord caller : history.callers()) {
            if (caller.outcome() == Outcome.WHOLE && caller.replay()) {
                missing(caller, "replay", !history.ledger().replays().contains(caller.requestId()), false);
            } else if (caller.outcome() == Outcome.WHOLE || caller.outcome() == Outcome.BROKEN_OFF) {
                missing(caller, "request", !requests.containsKey(caller.requestId()), false);
            }
            if (caller.won()) {
                answered(caller);
            }
        }
        providersByAsk.forEach(this::attempted);
    }

    /** What a budget must allow is charged whatever happens: what a dead gateway put aside, when its lease is over. */
    private void answered(CallerRecord caller) {
        if (rowsOf(caller).anyMatch(row -> paid(row, caller.deployment()))) {
            return;
        }
        boolean budget = keys.get(caller.key()).budget() > 0;
        if (budget && diesAfter(caller).findAny().isPresent() && open(List.of(caller)) > 0) {
            excused++;
        } else {
            missing(caller, "answered attempt", true, budget);
        }
    }

    /** Of an answer in full, or all that it may have cost, because its gateway died. */
    private boolean paid(AttemptRow row, String deployment) {
        return (deployment == null || row.deployment().equals(deployment))
                && (row.outcome().equals("recovered")
                        || row.outcome().equals("answered")
                                && row.outputTokens() != null
                                && row.outputTokens() >= history.tokens()
                                && row.microDollars() != null
                                && row.microDollars() > 0);
    }

    private Stream<AttemptRow> rowsOf(CallerRecord caller) {
        return attempts.getOrDefault(caller.requestId(), List.of()).stream();
    }

    private void missing(CallerRecord caller, String what, boolean missing, boolean inescapable) {
        if (missing && !inescapable && takenAlong(caller)) {
            excused++;
        } else if (missing) {
            broken.add(caller.requestId() + " has no row of its " + what + " (" + caller.outcome() + ", status "
                    + caller.status() + ")");
        }
    }

    /** Every request that a provider received is an attempt in the ledger. */
    private void attempted(String ask, List<ProviderRecord> providers) {
        List<CallerRecord> callers = callersByAsk.getOrDefault(ask, List.of());
        List<AttemptRow> rows = callers.stream().flatMap(this::rowsOf).toList();
        Map<String, Long> received =
                providers.stream().collect(Collectors.groupingBy(ProviderRecord::deployment, Collectors.counting()));
        boolean budget =
                callers.stream().anyMatch(caller -> keys.get(caller.key()).budget() > 0);
        boolean died = callers.stream().anyMatch(this::underWayAtDeath);
        received.forEach((deployment, count) -> {
            long written = rows.stream()
                            .filter(row -> row.deployment().equals(deployment))
                            .mapToLong(row -> row.resent() ? 2 : 1)
                            .sum()
                    + open(callers);
            boolean enough = written >= (died ? 1 : count);
            if (!enough && !budget && callers.stream().anyMatch(this::takenAlong)) {
                excused++;
            } else if (!enough) {
                broken.add(ask + ": " + deployment + " received " + count + " requests, and the ledger has " + written
                        + " attempts: " + callers + ", " + rows + ", " + history.deaths() + ", " + history.outages());
            }
        });
    }

    private long open(List<CallerRecord> callers) {
        Set<String> ids = callers.stream().map(CallerRecord::requestId).collect(Collectors.toSet());
        return history.ledger().reservations().stream()
                .filter(row -> ids.contains(row.requestId()))
                .count();
    }

    private boolean underWayAtDeath(CallerRecord caller) {
        return history.deaths().stream()
                .anyMatch(death -> death.gateway() == caller.gateway()
                        && death.at() >= caller.began()
                        && death.at() <= caller.ended() + LAG);
    }

    /** Whether its gateway was killed before the ledger had what it had to write behind the request's back. */
    private boolean takenAlong(CallerRecord caller) {
        return diesAfter(caller).anyMatch(death -> death.at() <= caller.ended() + LAG) || unkept(caller);
    }

    /** Whether its gateway was killed while the database could not be written, from the request's end on. */
    private boolean unkept(CallerRecord caller) {
        return diesAfter(caller)
                .anyMatch(death -> history.outages().stream()
                        .anyMatch(outage -> outage.from() <= caller.ended() + LAG
                                && outage.to() >= caller.began()
                                && outage.to() + LAG >= death.at()));
    }

    private Stream<Death> diesAfter(CallerRecord caller) {
        return history.deaths().stream()
                .filter(death -> death.gateway() == caller.gateway() && death.at() >= caller.began());
    }

    private void runOnce(String ask, List<CallerRecord> callers) {
        if (!callers.get(0).idempotent()) {
            return;
        }
        List<CallerRecord> won = callers.stream()
                .filter(CallerRecord::won)
                .sorted(Comparator.comparingLong(CallerRecord::ended))
                .toList();
        won.stream().limit(Math.max(0, won.size() - 1)).forEach(first -> {
            if (unkept(first)) {
                excused++;
            } else {
                broken.add(ask + " was run " + won.size() + " times: "
                        + won.stream().map(CallerRecord::requestId).toList());
            }
        });
        long kept = callers.stream()
                .filter(caller -> !unkept(caller)
                        && requests.getOrDefault(caller.requestId(), List.of()).stream()
                                .anyMatch(row -> row.status() == 200 && row.error() == null))
                .count();
        if (kept > 1) {
            broken.add(ask + " has " + kept + " rows of a success");
        }
        won.stream().filter(caller -> !unkept(caller)).forEach(first -> askedAgain(ask, callers, first));
    }

    /**
     * A stalled network may deliver a request long after its caller has given it up: what was sent before the answer is
     * no second run.
     */
    private void askedAgain(String ask, List<CallerRecord> callers, CallerRecord first) {
        List<ProviderRecord> asked = providersByAsk.getOrDefault(ask, List.of());
        asked.stream()
                .filter(provider -> provider.began() > first.ended())
                .map(ProviderRecord::deployment)
                .distinct()
                .filter(late -> sent(callers, late, caller -> caller.began() > first.ended()) > 0
                        || sent(callers, late, caller -> caller.began() <= first.ended())
                                < asked.stream()
                                        .filter(provider ->
                                                provider.deployment().equals(late))
                                        .count())
                .forEach(late -> broken.add(
                        ask + " was asked again of " + late + " after " + first.requestId() + " had its answer"));
    }

    private long sent(List<CallerRecord> callers, String deployment, Predicate<CallerRecord> which) {
        return callers.stream()
                .filter(which)
                .flatMap(caller -> attempts.getOrDefault(caller.requestId(), List.of()).stream())
                .filter(row -> row.deployment().equals(deployment))
                .count();
    }
}
