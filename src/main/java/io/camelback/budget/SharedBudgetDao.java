package io.camelback.budget;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * {@link BudgetDao} for PostgreSQL, where every trip to the server counts: one statement for any number of budgets.
 * Rows are locked in the order of their keys, so that two gateways never wait for each other in a circle.
 */
final class SharedBudgetDao {
    private static final String RESERVE =
            "WITH wanted AS (SELECT * FROM unnest(?, ?, ?, ?) AS w(budget, starts, amount, room)),"
                    + " locked AS (SELECT b.settled + b.reserved <= w.room AS fits FROM camelback_budget b JOIN wanted w"
                    + " ON w.budget = b.budget AND w.starts = b.starts ORDER BY b.budget, b.starts FOR UPDATE OF b),"
                    + " verdict AS (SELECT COUNT(*) = ? AND COALESCE(BOOL_AND(fits), FALSE) AS fits FROM locked),"
                    + " taken AS (UPDATE camelback_budget b SET reserved = b.reserved + w.amount FROM wanted w"
                    + " WHERE w.budget = b.budget AND w.starts = b.starts AND (SELECT fits FROM verdict)"
                    + " RETURNING b.budget, b.starts, b.settled, b.reserved),"
                    + " noted AS (INSERT INTO camelback_reservation (" + ReservationDao.NAMES
                    + ") SELECT * FROM unnest("
                    + String.join(
                            ", ",
                            IntStream.range(0, ReservationDao.TYPES.length)
                                    .mapToObj(i -> "?")
                                    .toList())
                    + ") WHERE (SELECT fits FROM verdict))"
                    + " SELECT budget, starts, settled, reserved FROM taken";
    private static final String CHANGE =
            "WITH change AS (SELECT * FROM unnest(?, ?, ?, ?) AS c(budget, starts, spent, reserved)),"
                    + " locked AS (SELECT b.budget, b.starts, c.spent, c.reserved FROM camelback_budget b JOIN change c"
                    + " ON c.budget = b.budget AND c.starts = b.starts ORDER BY b.budget, b.starts FOR UPDATE OF b)"
                    + " UPDATE camelback_budget b SET settled = b.settled + l.spent, reserved = b.reserved + l.reserved FROM locked l"
                    + " WHERE l.budget = b.budget AND l.starts = b.starts RETURNING b.budget, b.starts, b.settled, b.reserved";

    private SharedBudgetDao() {}

    /**
     * Puts all of a batch aside, or nothing.
     *
     * @param wanted for each slot the sum of the batch, and the smallest limit of those in it
     * @return how the slots stand then; none when the batch does not fit as a whole
     */
    static Map<BudgetReservation.Slot, BudgetDao.Sums> reserveAll(
            Connection connection,
            SortedMap<BudgetReservation.Slot, long[]> wanted,
            List<PendingReservation> batch,
            String gateway)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            int next = slots(connection, statement, wanted, sum -> new long[] {sum[0], sum[1] - sum[0]});
            statement.setInt(next++, wanted.size());
            List<Object[]> rows = batch.stream()
                    .map(one -> ReservationDao.values(one, gateway))
                    .toList();
            for (int i = 0; i < ReservationDao.TYPES.length; i++) {
                int column = i;
                statement.setArray(
                        next++,
                        array(
                                connection,
                                ReservationDao.TYPES[i],
                                rows.stream().map(row -> row[column]).toArray()));
            }
            return BudgetDao.standing(statement);
        }
    }

    /** {@link BudgetDao#change} in one statement. */
    static Map<BudgetReservation.Slot, BudgetDao.Sums> change(
            Connection connection, SortedMap<BudgetReservation.Slot, long[]> changes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
            slots(connection, statement, changes, change -> change);
            return BudgetDao.standing(statement);
        }
    }

    private static int slots(
            Connection connection,
            PreparedStatement statement,
            SortedMap<BudgetReservation.Slot, long[]> slots,
            Function<long[], long[]> numbers)
            throws SQLException {
        List<Object> firsts = new ArrayList<>();
        List<Object> seconds = new ArrayList<>();
        slots.values().stream().map(numbers).forEach(pair -> {
            firsts.add(pair[0]);
            seconds.add(pair[1]);
        });
        statement.setArray(
                1,
                array(
                        connection,
                        "text",
                        slots.keySet().stream()
                                .map(BudgetReservation.Slot::budget)
                                .toArray()));
        statement.setArray(
                2,
                array(
                        connection,
                        "bigint",
                        slots.keySet().stream()
                                .map(slot -> (Object) slot.starts())
                                .toArray()));
        statement.setArray(3, array(connection, "bigint", firsts.toArray()));
        statement.setArray(4, array(connection, "bigint", seconds.toArray()));
        return 5;
    }

    private static Array array(Connection connection, String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }
}
