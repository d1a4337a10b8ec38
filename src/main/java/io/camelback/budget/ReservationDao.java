package io.camelback.budget;

import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.LedgerRow;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.RequestRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and writes the reservations of attempts in flight in the ledger's tables. */
final class ReservationDao {
    static final String NAMES =
            "id, gateway, at, request_id, client_key, chain, deployment, layer, task, complexity, micro_dollars,"
                    + " windows, revision";
    /** Of the columns in {@link #NAMES}, as PostgreSQL says them. */
    static final String[] TYPES = {
        "text", "text", "bigint", "text", "text", "text", "text", "text", "text", "integer", "bigint", "text", "integer"
    };

    private static final String INSERT =
            "INSERT INTO camelback_reservation (" + NAMES + ") VALUES (?" + ", ?".repeat(12) + ")";
    private static final String COLUMNS = "SELECT " + NAMES + " FROM camelback_reservation ";

    private ReservationDao() {}

    /** One that is still open. */
    record Open(
            String id,
            String gateway,
            long at,
            RequestRef about,
            String deployment,
            String layer,
            long microDollars,
            List<BudgetReservation.Slot> windows) {

        /** The row of an attempt whose end nobody has seen: it is taken to have cost all that it could. */
        AttemptRow recovered() {
            return new AttemptRow(
                    id,
                    at,
                    about,
                    deployment,
                    layer,
                    "recovered",
                    "the gateway stopped before the attempt ended",
                    null,
                    0,
                    null,
                    null,
                    0,
                    null,
                    new AttemptRow.Flags(true, false, true),
                    microDollars,
                    gateway);
        }

        /** The row of the request it was made for, whose answer nobody has seen the end of. */
        RequestRow recoveredRequest() {
            return new RequestRow(
                    id + "-request",
                    at,
                    about,
                    "unknown",
                    about.chain(),
                    null,
                    null,
                    null,
                    500,
                    "gateway_died",
                    false,
                    0,
                    1,
                    null,
                    microDollars,
                    gateway,
                    null,
                    null);
        }
    }

    static void insert(Connection connection, List<PendingReservation> granted, String gateway) throws SQLException {
        if (granted.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (PendingReservation one : granted) {
                Object[] row = values(one, gateway);
                for (int i = 0; i < row.length; i++) {
                    if (row[i] == null) {
                        statement.setNull(i + 1, TYPES[i].equals("text") ? Types.VARCHAR : Types.INTEGER);
                    } else {
                        statement.setObject(i + 1, row[i]);
                    }
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Of one reservation, in the order of {@link #NAMES}. */
    static Object[] values(PendingReservation one, String gateway) {
        ReservationRequest charge = one.reservation().charge();
        RequestRef about = charge.about();
        return new Object[] {
            one.reservation().id(),
            gateway,
            one.at(),
            about.requestId(),
            about.clientKey(),
            about.chain(),
            charge.deployment(),
            charge.layer(),
            LedgerRow.storable(about.task()),
            about.complexity(),
            charge.microDollars(),
            one.reservation().text(),
            about.revision()
        };
    }

    /** @return those that were there: only who takes one away may settle it */
    static Set<String> delete(Connection connection, List<String> ids) throws SQLException {
        Set<String> gone = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM camelback_reservation WHERE id IN ("
                + String.join(", ", Collections.nCopies(ids.size(), "?")) + ") RETURNING id")) {
            for (int i = 0; i < ids.size(); i++) {
                statement.setString(i + 1, ids.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    gone.add(row.getString(1));
                }
            }
        }
        return gone;
    }

    /** Those of gateways that have given no sign of life since then. */
    static List<Open> abandoned(Connection connection, String mine, long since) throws SQLException {
        return open(
                connection,
                "WHERE gateway <> ? AND gateway NOT IN (SELECT gateway FROM camelback_gateway WHERE seen >= ?)",
                mine,
                since);
    }

    /** Those of one gateway that are older. */
    static List<Open> of(Connection connection, String gateway, long before) throws SQLException {
        return open(connection, "WHERE gateway = ? AND at < ?", gateway, before);
    }

    private static List<Open> open(Connection connection, String which, String gateway, long moment)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + which)) {
            statement.setString(1, gateway);
            statement.setLong(2, moment);
            List<Open> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int complexity = row.getInt(10);
                    RequestRef about = new RequestRef(
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(9),
                            row.wasNull() ? null : Integer.valueOf(complexity),
                            row.getInt(13));
                    found.add(new Open(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            about,
                            row.getString(7),
                            row.getString(8),
                            row.getLong(11),
                            BudgetReservation.slots(row.getString(12))));
                }
            }
            return found;
        }
    }
}
