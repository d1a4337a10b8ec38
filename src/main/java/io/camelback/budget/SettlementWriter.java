package io.camelback.budget;

import io.camelback.ledger.GroupCommit;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.Row;
import io.camelback.ledger.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a batch of bills and their rows in one transaction. A bill that is written twice counts once: whoever takes the
 * reservation away changes the sums. These are changed last, so that they are locked for the shortest time.
 */
final class SettlementWriter implements GroupCommit.BatchWriter<Bill, List<BudgetTable.Sums>> {
    private final Ledger ledger;

    SettlementWriter(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @return how each bill's budgets stood after it, in the order of its windows; empty for one that had been written before */
    @Override
    public List<List<BudgetTable.Sums>> write(List<Bill> batch) {
        return ledger.database().write(connection -> settle(connection, batch));
    }

    private List<List<BudgetTable.Sums>> settle(Connection connection, List<Bill> batch) throws SQLException {
        Set<String> open = ReservationTable.delete(connection, batch.stream().map(bill -> bill.reservation().id()).toList());
        List<Row> rows = new ArrayList<>();
        batch.forEach(bill -> rows.addAll(bill.rows()));
        Rows.write(connection, rows);
        SortedMap<Reservation.Slot, long[]> changes = new TreeMap<>();
        List<Boolean> counts = batch.stream().map(bill -> open.remove(bill.reservation().id())).toList();
        for (int i = 0; i < batch.size(); i++) {
            for (Reservation.Slot slot : counts.get(i) ? batch.get(i).reservation().windows() : List.<Reservation.Slot>of()) {
                long[] change = changes.computeIfAbsent(slot, one -> new long[2]);
                change[0] += batch.get(i).spent();
                change[1] -= batch.get(i).reservation().charge().microDollars();
            }
        }
        Map<Reservation.Slot, BudgetTable.Sums> standing = ledger.database().shared()
                ? SharedBudgetTable.change(connection, changes) : BudgetTable.change(connection, changes);
        changes.forEach((slot, change) -> standing.computeIfPresent(slot, (same, sums) -> sums.plus(-change[0], -change[1])));
        List<List<BudgetTable.Sums>> after = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            after.add(counts.get(i) ? after(batch.get(i), standing) : List.of());
        }
        return after;
    }

    private static List<BudgetTable.Sums> after(Bill bill, Map<Reservation.Slot, BudgetTable.Sums> standing) {
        List<BudgetTable.Sums> sums = new ArrayList<>();
        for (Reservation.Slot slot : bill.reservation().windows()) {
            BudgetTable.Sums after = standing.computeIfPresent(slot, (same, before) ->
                    before.plus(bill.spent(), -bill.reservation().charge().microDollars()));
            if (after != null) {
                sums.add(after);
            }
        }
        return sums;
    }
}
