package io.camelback.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A row for a request that was answered with an earlier reply, without a call to a provider. It asked nobody and cost
 * nothing.
 *
 * @param id the row's own
 * @param at when it was answered, Unix time in milliseconds
 * @param replayOf the id of the request that was run
 * @param endpoint where it came in
 * @param deployment the one that answered then; null when none did
 * @param status what the caller got
 * @param gateway the process that served it
 */
public record ReplayRow(
        String id,
        long at,
        RequestRef about,
        String replayOf,
        String endpoint,
        String deployment,
        int status,
        String gateway)
        implements LedgerRow {
    private static final String SQL = LedgerRow.insert(
            "camelback_replay",
            "id",
            "at",
            "request_id",
            "replay_of",
            "endpoint",
            "client_key",
            "chain",
            "deployment",
            "status",
            "revision",
            "gateway");

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
                .text(replayOf)
                .text(endpoint)
                .text(about.clientKey())
                .text(about.chain())
                .text(deployment)
                .whole(status)
                .whole(about.revision())
                .text(gateway);
    }
}
