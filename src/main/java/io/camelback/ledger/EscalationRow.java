package io.camelback.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A row for a request that reached a further layer of its chain.
 *
 * @param id the row's own
 * @param at when the request began, Unix time in milliseconds
 * @param layer the layer's route
 * @param cause why: {@code complexity}, {@code exhausted}, {@code rate_limit_exceeded} or
 *     {@code all_models_unavailable}
 * @param gateway the process that served it
 * @param before how many attempts there were when it did
 */
public record EscalationRow(
        String id, long at, RequestRef about, String layer, String cause, String gateway, int before)
        implements LedgerRow {
    private static final String SQL = LedgerRow.insert(
            "camelback_escalation",
            "id",
            "at",
            "request_id",
            "chain",
            "layer",
            "cause",
            "revision",
            "gateway",
            "before_attempt");

    @Override
    public String sql() {
        return SQL;
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        new Binder(statement)
                .text(id)
                .number(at)
                .text(about.requestId())
                .text(about.chain())
                .text(layer)
                .text(cause)
                .whole(about.revision())
                .text(gateway)
                .whole(before);
    }
}
