package io.camelback.budget;

import io.camelback.ledger.GroupCommit;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes a batch of reservations in one transaction, each of them in all its budgets or in none, in the order of
 * arrival. In a server a batch that fits as a whole takes one statement, so that its budgets are locked for no longer
 * than the server works on it; only near a cap the rows are locked while the gateway decides on each.
 */
final class ReservationWriter implements GroupCommit.BatchWriter<PendingReservation, ReservationVerdict> {
    private final Ledger ledger;
    private final Set<BudgetReservation.Slot> opened = ConcurrentHashMap.newKeySet();
    private volatile boolean scarce;

    ReservationWriter(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<ReservationVerdict> write(List<PendingReservation> batch) {
        LedgerDatabase database = ledger.database();
        if (database.shared()
                && !scarce
                && batch.stream()
                        .allMatch(one -> opened.containsAll(one.reservation().windows()))) {
            Optional<List<ReservationVerdict>> all = together(database, batch);
            if (all.isPresent()) {
                return all.get();
            }
        }
        List<ReservationVerdict> verdicts = database.write(connection -> decide(connection, batch));
        scarce = verdicts.stream().anyMatch(ReservationVerdict::isRefused);
        batch.forEach(one -> opened.addAll(one.reservation().windows()));
        return verdicts;
    }

    /** All of the batch in one statement; empty when it does not fit as a whole. */
    private Optional<List<ReservationVerdict>> together(LedgerDatabase database, List<PendingReservation> batch) {
        SortedMap<BudgetReservation.Slot, long[]> wanted = new TreeMap<>();
        try {
            for (PendingReservation one : batch) {
                for (BudgetLimitWindow window : one.windows()) {
                    long[] sum = wanted.computeIfAbsent(window.slot(), slot -> new long[] {0, Long.MAX_VALUE});
                    sum[0] = Math.addExact(sum[0], one.amount());
                    sum[1] = Math.min(sum[1], one.limit(window));
                }
            }
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
        Map<BudgetReservation.Slot, BudgetDao.Sums> after = database.statement(
                connection -> SharedBudgetDao.reserveAll(connection, wanted, batch, ledger.gateway()));
        if (after.size() < wanted.size()) {
            return Optional.empty();
        }
        wanted.forEach((slot, sum) -> after.computeIfPresent(slot, (same, sums) -> sums.plus(0, -sum[0])));
        return Optional.of(batch.stream()
                .map(one -> ReservationVerdict.granted(take(one, after)))
                .toList());
    }

    private List<ReservationVerdict> decide(Connection connection, List<PendingReservation> batch) throws SQLException {
        Map<BudgetReservation.Slot, BudgetDao.Sums> standing = standing(connection, batch);
        SortedMap<BudgetReservation.Slot, long[]> changes = new TreeMap<>();
        List<PendingReservation> granted = new ArrayList<>();
        List<ReservationVerdict> verdicts = new ArrayList<>();
        for (PendingReservation one : batch) {
            Optional<BudgetLimitWindow> full = one.windows().stream()
                    .filter(window -> standing.get(window.slot()).total() > one.limit(window) - one.amount())
                    .findFirst();
            if (full.isPresent()) {
                verdicts.add(ReservationVerdict.refused(
                        full.get(), standing.get(full.get().slot())));
            } else {
                one.windows()
                        .forEach(window ->
                                changes.computeIfAbsent(window.slot(), slot -> new long[2])[1] += one.amount());
                verdicts.add(ReservationVerdict.granted(take(one, standing)));
                granted.add(one);
            }
        }
        BudgetDao.change(connection, changes);
        ReservationDao.insert(connection, granted, ledger.gateway());
        return verdicts;
    }

    private static List<BudgetDao.Sums> take(
            PendingReservation one, Map<BudgetReservation.Slot, BudgetDao.Sums> standing) {
        return one.windows().stream()
                .map(window -> standing.computeIfPresent(window.slot(), (slot, sums) -> sums.plus(0, one.amount())))
                .toList();
    }

    /** How all budgets of a batch stand. Nobody else changes them until this transaction ends. */
    private Map<BudgetReservation.Slot, BudgetDao.Sums> standing(Connection connection, List<PendingReservation> batch)
            throws SQLException {
        SortedMap<BudgetReservation.Slot, BudgetLimitWindow> windows = new TreeMap<>();
        batch.forEach(one -> one.windows().forEach(window -> windows.put(window.slot(), window)));
        for (Map.Entry<BudgetReservation.Slot, BudgetLimitWindow> window : windows.entrySet()) {
            if (!opened.contains(window.getKey())) {
                BudgetDao.open(
                        connection, window.getKey().budget(), window.getValue().window());
            }
        }
        boolean shared = ledger.database().shared();
        Map<BudgetReservation.Slot, BudgetDao.Sums> standing = BudgetDao.lock(connection, windows.keySet(), shared);
        for (Map.Entry<BudgetReservation.Slot, BudgetLimitWindow> window : windows.entrySet()) {
            if (!standing.containsKey(window.getKey())) {
                BudgetDao.open(
                        connection, window.getKey().budget(), window.getValue().window());
                standing.putAll(BudgetDao.lock(connection, Set.of(window.getKey()), shared));
            }
        }
        return standing;
    }
}
