package io.camelback.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes rows in batches, one statement for each kind. */
public final class LedgerRowWriter {
    private LedgerRowWriter() {}

    public static void write(Connection connection, Collection<? extends LedgerRow> rows) throws SQLException {
        Map<String, List<LedgerRow>> kinds =
                rows.stream().collect(Collectors.groupingBy(LedgerRow::sql, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<LedgerRow>> kind : kinds.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(kind.getKey())) {
                for (LedgerRow row : kind.getValue()) {
                    row.bind(statement);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }

    /** Writes the rows of several requests in one transaction. @return a {@code true} for each of them */
    static List<Boolean> write(LedgerDatabase database, List<List<LedgerRow>> requests) {
        database.write(connection -> {
            write(connection, requests.stream().flatMap(List::stream).toList());
            return null;
        });
        return Collections.nCopies(requests.size(), true);
    }

    /** Writes a request's row unless the ledger has one of the same request. */
    public static void writeRequest(Connection connection, RequestRow row) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM camelback_request WHERE request_id = ?")) {
            statement.setString(1, row.about().requestId());
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    write(connection, List.of(row));
                }
            }
        }
    }
}
