package io.camelback.budget;

import io.camelback.ledger.About;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** What attempts under way may cost, in the ledger's tables: what a gateway that dies leaves behind. */
final class ReservationTable {
    private static final String INSERT = "INSERT INTO camelback_reservation (id, gateway, at, request_id, client_key, chain, "
            + "deployment, layer, task, complexity, micro_dollars, windows, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String COLUMNS = "SELECT id, gateway, at, request_id, client_key, chain, deployment, layer, task, complexity, "
            + "micro_dollars, windows, revision FROM camelback_reservation ";

    private ReservationTable() { }

    /** One that is still open. */
    record Open(String id, String gateway, long at, About about, String deployment, String layer, long microDollars,
            List<Reservation.Slot> windows) {

        /** The row of an attempt whose end nobody has seen: it is taken to have cost all that it could. */
        AttemptRow recovered() {
            return new AttemptRow(id, at, about, deployment, layer, "recovered", "the gateway died meanwhile", null, 0, null, null, 0,
                    null, new AttemptRow.Flags(true, false, true), microDollars, gateway);
        }
    }

    static void insert(Connection connection, Reservation reservation, String gateway, long at) throws SQLException {
        Charge charge = reservation.charge();
        About about = charge.about();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, reservation.id());
            statement.setString(2, gateway);
            statement.setLong(3, at);
            statement.setString(4, about.requestId());
            statement.setString(5, about.clientKey());
            statement.setString(6, about.chain());
            statement.setString(7, charge.deployment());
            statement.setString(8, charge.layer());
            statement.setString(9, Row.storable(about.task()));
            if (about.complexity() == null) {
                statement.setNull(10, Types.INTEGER);
            } else {
                statement.setInt(10, about.complexity());
            }
            statement.setLong(11, charge.microDollars());
            statement.setString(12, reservation.text());
            statement.setInt(13, about.revision());
            statement.executeUpdate();
        }
    }

    /** @return whether it was there: only who takes it away may settle it */
    static boolean delete(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM camelback_reservation WHERE id = ?")) {
            statement.setString(1, id);
            return statement.executeUpdate() == 1;
        }
    }

    /** Those of gateways that have given no sign of life since then. */
    static List<Open> abandoned(Connection connection, String mine, long since) throws SQLException {
        return open(connection, "WHERE gateway <> ? AND gateway NOT IN (SELECT gateway FROM camelback_gateway WHERE seen >= ?)",
                mine, since);
    }

    /** Those of one gateway that are older. */
    static List<Open> of(Connection connection, String gateway, long before) throws SQLException {
        return open(connection, "WHERE gateway = ? AND at < ?", gateway, before);
    }

    private static List<Open> open(Connection connection, String which, String gateway, long moment) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + which)) {
            statement.setString(1, gateway);
            statement.setLong(2, moment);
            List<Open> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int complexity = row.getInt(10);
                    About about = new About(row.getString(4), row.getString(5), row.getString(6), row.getString(9),
                            row.wasNull() ? null : Integer.valueOf(complexity), row.getInt(13));
                    found.add(new Open(row.getString(1), row.getString(2), row.getLong(3), about, row.getString(7), row.getString(8),
                            row.getLong(11), Reservation.slots(row.getString(12))));
                }
            }
            return found;
        }
    }
}
