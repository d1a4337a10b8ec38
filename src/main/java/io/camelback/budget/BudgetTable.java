package io.camelback.budget;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What is spent and put aside, in the ledger's tables. Every change is one conditional statement. */
final class BudgetTable {
    private static final String OPEN = "INSERT INTO camelback_budget (budget, starts, ends, settled, reserved) "
            + "SELECT CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT), COALESCE(SUM(settled), 0), 0 FROM camelback_budget "
            + "WHERE budget = ? AND starts < ? AND ends > ? ON CONFLICT (budget, starts) DO NOTHING";
    private static final String RESERVE = "UPDATE camelback_budget SET reserved = reserved + ? "
            + "WHERE budget = ? AND starts = ? AND settled + reserved <= ? RETURNING settled, reserved";
    private static final String SETTLE = "UPDATE camelback_budget SET reserved = reserved - ?, settled = settled + ? "
            + "WHERE budget = ? AND starts = ? RETURNING settled, reserved";

    private BudgetTable() { }

    /** What a window holds after a change. */
    record Sums(long settled, long reserved) { }

    /**
     * Makes a window's row when it is not there. One that overlaps with it, because the time zone was changed, hands over what
     * was spent in it: a change of zone resets nothing.
     */
    static void open(Connection connection, String budget, Window window) throws SQLException {
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

    /** @return empty when that would go beyond the limit */
    static Optional<Sums> reserve(Connection connection, String budget, long starts, long amount, long limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            statement.setLong(1, amount);
            statement.setString(2, budget);
            statement.setLong(3, starts);
            statement.setLong(4, limit - amount);
            return sums(statement);
        }
    }

    /** Gives back what was put aside, and notes what was spent instead. */
    static Optional<Sums> settle(Connection connection, Reservation.Slot slot, long reserved, long spent) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
            statement.setLong(1, reserved);
            statement.setLong(2, spent);
            statement.setString(3, slot.budget());
            statement.setLong(4, slot.starts());
            return sums(statement);
        }
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
