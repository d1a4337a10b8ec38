package io.camelback.chaos;

import io.camelback.chaos.ChaosHistory.AttemptRow;
import io.camelback.chaos.ChaosHistory.BudgetRow;
import io.camelback.chaos.ChaosHistory.LedgerRecord;
import io.camelback.chaos.ChaosHistory.QuotaRow;
import io.camelback.chaos.ChaosHistory.RequestRow;
import io.camelback.chaos.ChaosHistory.ReservationRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands in the ledger's tables of some requests and client keys. */
final class LedgerTables {
    private final Connection connection;

    LedgerTables(Connection connection) {
        this.connection = connection;
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param prefix of the requests' ids. @param keys the ids of the client keys */
    LedgerRecord read(String prefix, List<String> keys) throws SQLException {
        String ids = prefix + "%";
        List<BudgetRow> budgets = new ArrayList<>();
        List<QuotaRow> quotas = new ArrayList<>();
        for (String key : keys) {
            budgets.addAll(rows(
                    "SELECT starts, settled, reserved FROM camelback_budget WHERE budget LIKE ?",
                    row -> new BudgetRow(key, row.getLong(1), row.getLong(2), row.getLong(3)),
                    "key:" + key + ":%"));
            quotas.addAll(rows(
                    "SELECT starts, used FROM camelback_quota WHERE quota LIKE ? AND starts >= 0",
                    row -> new QuotaRow(key, row.getLong(1), row.getLong(2)),
                    "key:" + key + ":%"));
        }
        return new LedgerRecord(
                rows(
                        "SELECT request_id, status, error FROM camelback_request WHERE request_id LIKE ?",
                        row -> new RequestRow(row.getString(1), row.getInt(2), row.getString(3)),
                        ids),
                rows(
                        "SELECT request_id, deployment, client_key, outcome, micro_dollars, output_tokens, estimated, resent"
                                + " FROM camelback_attempt WHERE request_id LIKE ?",
                        LedgerTables::attempt,
                        ids),
                rows("SELECT request_id FROM camelback_replay WHERE request_id LIKE ?", row -> row.getString(1), ids),
                budgets,
                rows(
                        "SELECT request_id, client_key, micro_dollars FROM camelback_reservation WHERE request_id LIKE ?",
                        row -> new ReservationRow(row.getString(1), row.getString(2), row.getLong(3)),
                        ids),
                quotas);
    }

    /** How many reservations of these requests are open. @param prefixes of the requests' ids */
    long openReservations(List<String> prefixes) throws SQLException {
        long open = 0;
        for (String prefix : prefixes) {
            open += rows(
                            "SELECT COUNT(*) FROM camelback_reservation WHERE request_id LIKE ?",
                            row -> row.getLong(1),
                            prefix + "%")
                    .get(0);
        }
        return open;
    }

    private static AttemptRow attempt(ResultSet row) throws SQLException {
        long cost = row.getLong(5);
        Long microDollars = row.wasNull() ? null : Long.valueOf(cost);
        long tokens = row.getLong(6);
        Long output = row.wasNull() ? null : Long.valueOf(tokens);
        return new AttemptRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                microDollars,
                output,
                row.getInt(7) != 0,
                row.getInt(8) != 0);
    }

    private <T> List<T> rows(String sql, Reading<T> reading, String... arguments) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(reading.read(row));
                }
            }
        }
        return rows;
    }
}
