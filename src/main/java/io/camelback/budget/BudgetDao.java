package io.camelback.budget;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Reads and writes settled and reserved sums in the ledger's tables. */
final class BudgetDao {
    private static final String OPEN = "INSERT INTO camelback_budget (budget, starts, ends, settled, reserved) "
            + "SELECT CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT), COALESCE(SUM(settled), 0), 0 FROM camelback_budget "
            + "WHERE budget = ? AND starts < ? AND ends > ? ON CONFLICT (budget, starts) DO NOTHING";
    private static final String CHANGE = "UPDATE camelback_budget SET settled = settled + ?, reserved = reserved + ? "
            + "WHERE budget = ? AND starts = ? RETURNING settled, reserved";

    private BudgetDao() {}

    /** What a window holds after a change. */
    record Sums(long settled, long reserved) {
        Sums plus(long spent, long putAside) {
            return new Sums(settled + spent, reserved + putAside);
        }

        long total() {
            return settled + reserved;
        }
    }

    /**
     * Makes a window's row when it is not there. One that overlaps with it, because the time zone was changed, hands
     * over what was spent in it: a change of zone resets nothing.
     */
    static void open(Connection connection, String budget, BudgetWindow window) throws SQLException {
        long starts = window.starts().toEpochMilli();
        long ends = window.ends().toEpochMilli();
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setString(1, budget);
            statement.setLong(2, starts);
            statement.setLong(3, ends);
            statement.setString(4, budget);
            statement.setLong(5, ends);
            statement.setLong(6, starts);
            statement.executeUpdate();
        }
    }

    /** How windows stand; nobody else changes them until the transaction ends. Those that have no row are left out. */
    static Map<BudgetReservation.Slot, Sums> lock(
            Connection connection, Set<BudgetReservation.Slot> slots, boolean shared) throws SQLException {
        String sql = "SELECT budget, starts, settled, reserved FROM camelback_budget WHERE (budget, starts) IN (VALUES "
                + String.join(", ", Collections.nCopies(slots.size(), "(?, ?)")) + ") ORDER BY budget, starts"
                + (shared ? " FOR UPDATE" : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            for (BudgetReservation.Slot slot : slots) {
                statement.setString(next++, slot.budget());
                statement.setLong(next++, slot.starts());
            }
            return standing(statement);
        }
    }

    /** Reads rows of budget, starts, settled and reserved. */
    static Map<BudgetReservation.Slot, Sums> standing(PreparedStatement statement) throws SQLException {
        Map<BudgetReservation.Slot, Sums> standing = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                standing.put(
                        new BudgetReservation.Slot(row.getString(1), row.getLong(2)),
                        new Sums(row.getLong(3), row.getLong(4)));
            }
        }
        return standing;
    }

    /**
     * Adds to what is settled and to what is reserved, in the order of the slots.
     *
     * @param changes for each slot what is added to either; may be negative
     * @return how they stand then; those without a row are left out
     */
    static Map<BudgetReservation.Slot, Sums> change(
            Connection connection, SortedMap<BudgetReservation.Slot, long[]> changes) throws SQLException {
        Map<BudgetReservation.Slot, Sums> standing = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
            for (Map.Entry<BudgetReservation.Slot, long[]> change : changes.entrySet()) {
                statement.setLong(1, change.getValue()[0]);
                statement.setLong(2, change.getValue()[1]);
                statement.setString(3, change.getKey().budget());
                statement.setLong(4, change.getKey().starts());
                sums(statement).ifPresent(sums -> standing.put(change.getKey(), sums));
            }
        }
        return standing;
    }

    static Sums read(Connection connection, String budget, long starts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT settled, reserved FROM camelback_budget WHERE budget = ? AND starts = ?")) {
            statement.setString(1, budget);
            statement.setLong(2, starts);
            return sums(statement).orElse(new Sums(0, 0));
        }
    }

    /** When the newest window began; {@link Long#MIN_VALUE} when there is none. */
    static long latest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT MAX(starts) FROM camelback_budget");
                ResultSet row = statement.executeQuery()) {
            long latest = row.next() ? row.getLong(1) : 0;
            return latest == 0 && row.wasNull() ? Long.MIN_VALUE : latest;
        }
    }

    private static Optional<Sums> sums(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(new Sums(row.getLong(1), row.getLong(2))) : Optional.empty();
        }
    }
}
