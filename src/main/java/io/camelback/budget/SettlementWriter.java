package io.camelback.budget;

import io.camelback.ledger.GroupCommit;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerRow;
import io.camelback.ledger.LedgerRowWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a batch of settlements and their rows in one transaction. A bill that is written twice counts once: whoever
 * takes the reservation away changes the sums. These are changed last, so that they are locked for the shortest time.
 */
final class SettlementWriter implements GroupCommit.BatchWriter<Settlement, List<BudgetDao.Sums>> {
    private final Ledger ledger;

    SettlementWriter(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * @return how each bill's budgets stood after it, in the order of its windows; empty for one that had been written
     *     before
     */
    @Override
    public List<List<BudgetDao.Sums>> write(List<Settlement> batch) {
        return ledger.database().write(connection -> settle(connection, batch));
    }

    private List<List<BudgetDao.Sums>> settle(Connection connection, List<Settlement> batch) throws SQLException {
        Set<String> open = ReservationDao.delete(
                connection, batch.stream().map(bill -> bill.reservation().id()).toList());
        List<LedgerRow> rows = new ArrayList<>();
        batch.forEach(bill -> rows.addAll(bill.rows()));
        LedgerRowWriter.write(connection, rows);
        SortedMap<BudgetReservation.Slot, long[]> changes = new TreeMap<>();
        List<Boolean> counts =
                batch.stream().map(bill -> open.remove(bill.reservation().id())).toList();
        for (int i = 0; i < batch.size(); i++) {
            for (BudgetReservation.Slot slot :
                    counts.get(i) ? batch.get(i).reservation().windows() : List.<BudgetReservation.Slot>of()) {
                long[] change = changes.computeIfAbsent(slot, one -> new long[2]);
                change[0] += batch.get(i).spent();
                change[1] -= batch.get(i).reservation().charge().microDollars();
            }
        }
        Map<BudgetReservation.Slot, BudgetDao.Sums> standing = ledger.database().shared()
                ? SharedBudgetDao.change(connection, changes)
                : BudgetDao.change(connection, changes);
        changes.forEach(
                (slot, change) -> standing.computeIfPresent(slot, (same, sums) -> sums.plus(-change[0], -change[1])));
        List<List<BudgetDao.Sums>> after = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            after.add(counts.get(i) ? after(batch.get(i), standing) : List.of());
        }
        return after;
    }

    private static List<BudgetDao.Sums> after(Settlement bill, Map<BudgetReservation.Slot, BudgetDao.Sums> standing) {
        List<BudgetDao.Sums> sums = new ArrayList<>();
        for (BudgetReservation.Slot slot : bill.reservation().windows()) {
            BudgetDao.Sums after = standing.computeIfPresent(
                    slot,
                    (same, before) -> before.plus(
                            bill.spent(), -bill.reservation().charge().microDollars()));
            if (after != null) {
                sums.add(after);
            }
        }
        return sums;
    }
}
