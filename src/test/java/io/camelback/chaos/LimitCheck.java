package io.camelback.chaos;

import io.camelback.chaos.ChaosHistory.BudgetRow;
import io.camelback.chaos.ChaosHistory.ClientKey;
import io.camelback.chaos.ChaosHistory.ProviderRecord;
import io.camelback.chaos.ChaosHistory.QuotaRow;
import io.camelback.chaos.ChaosHistory.ReservationRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a history against the caps of its client keys: budgets, quotas, and what is put aside. */
final class LimitCheck {
    private final ChaosHistory history;
    private final Set<String> received;
    private final List<String> broken = new ArrayList<>();

    private LimitCheck(ChaosHistory history) {
        this.history = history;
        this.received = history.providers().stream().map(ProviderRecord::ask).collect(Collectors.toSet());
    }

    /** @return one line for each cap that was passed, and each sum that is not its rows' */
    static List<String> broken(ChaosHistory history) {
        LimitCheck check = new LimitCheck(history);
        history.keys().forEach(check::money);
        history.keys().forEach(check::quota);
        history.ledger().reservations().forEach(check::reservation);
        return check.broken;
    }

    private void money(ClientKey key) {
        List<BudgetRow> rows = history.ledger().budgets().stream()
                .filter(row -> row.key().equals(key.id()))
                .toList();
        for (BudgetRow row : rows) {
            if (row.settled() + row.reserved() > key.budget()) {
                broken.add("the cap of " + key.id() + " is passed: " + row.settled() + " spent and " + row.reserved()
                        + " put aside of " + key.budget());
            }
        }
        if (key.budget() == 0) {
            return;
        }
        long settled = rows.stream().mapToLong(BudgetRow::settled).sum();
        long billed = history.ledger().attempts().stream()
                .filter(row -> row.key().equals(key.id()))
                .mapToLong(row -> row.microDollars() == null ? 0 : row.microDollars())
                .sum();
        if (settled != billed) {
            broken.add("the budget of " + key.id() + " has " + settled + " spent, and its attempts' rows " + billed);
        }
        long reserved = rows.stream().mapToLong(BudgetRow::reserved).sum();
        long open = history.ledger().reservations().stream()
                .filter(row -> row.key().equals(key.id()))
                .mapToLong(ReservationRow::microDollars)
                .sum();
        if (reserved != open) {
            broken.add("the budget of " + key.id() + " has " + reserved + " put aside, and its reservations " + open);
        }
    }

    private void quota(ClientKey key) {
        if (key.requests() == 0) {
            return;
        }
        long counted = 0;
        for (QuotaRow row : history.ledger().quotas()) {
            if (row.key().equals(key.id())) {
                counted += row.used();
                if (row.used() > key.requests()) {
                    broken.add("the quota of " + key.id() + " is passed: " + row.used() + " of " + key.requests());
                }
            }
        }
        Set<String> asked = new HashSet<>();
        history.callers().stream()
                .filter(caller -> caller.key().equals(key.id()) && received.contains(caller.ask()))
                .forEach(caller -> asked.add(caller.ask()));
        if (asked.size() > counted) {
            broken.add("the quota of " + key.id() + " has counted " + counted + ", and providers were asked for "
                    + asked.size());
        }
    }

    /** What a dead gateway has put aside stays so until its lease is over. */
    private void reservation(ReservationRow row) {
        boolean orphan = history.callers().stream()
                .filter(caller -> caller.requestId().equals(row.requestId()))
                .anyMatch(caller -> history.deaths().stream()
                        .anyMatch(death -> death.gateway() == caller.gateway() && death.at() >= caller.began()));
        if (!orphan) {
            broken.add(row.requestId() + " has a reservation that nobody settles");
        }
    }
}
