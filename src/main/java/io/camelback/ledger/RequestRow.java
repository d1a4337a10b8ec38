package io.camelback.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A row for a finished request.
 *
 * @param id the row's own
 * @param at when it began, Unix time in milliseconds
 * @param endpoint where it came in
 * @param asked the model the caller named
 * @param firstLink the deployment that was to answer
 * @param deployment the one that answered; null when none did
 * @param layer that one's layer; null when it is in none
 * @param status what the caller got; 499 when it left
 * @param error the code of what the caller was told; null when all went well
 * @param tookMillis from the request to the last byte of the answer
 * @param attempts how many times a provider was asked
 * @param degraded {@code reduced}, {@code basic}, {@code cached} or {@code static}; null when it was not
 * @param microDollars what all its attempts cost; null when the price of one is not known
 * @param gateway the process that served it
 * @param attemptOrder the ids of its attempts' rows in their order, without the gateway; separated by spaces
 * @param plan what was planned when it came, as JSON; null when nothing was
 */
public record RequestRow(
        String id,
        long at,
        RequestRef about,
        String endpoint,
        String asked,
        String firstLink,
        String deployment,
        String layer,
        int status,
        String error,
        boolean streamed,
        long tookMillis,
        int attempts,
        String degraded,
        Long microDollars,
        String gateway,
        String attemptOrder,
        String plan)
        implements LedgerRow {
    private static final String SQL = LedgerRow.insert(
            "camelback_request",
            "id",
            "at",
            "request_id",
            "endpoint",
            "client_key",
            "asked",
            "chain",
            "first_link",
            "deployment",
            "layer",
            "task",
            "complexity",
            "status",
            "error",
            "streamed",
            "took_ms",
            "attempts",
            "degraded",
            "micro_dollars",
            "revision",
            "gateway",
            "attempt_order",
            "plan");
    /** In characters; a plan that is longer is not kept. */
    private static final int LONGEST_PLAN = 32_768;

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
                .text(endpoint)
                .text(about.clientKey())
                .text(asked)
                .text(about.chain())
                .text(firstLink)
                .text(deployment)
                .text(layer)
                .text(about.task())
                .whole(about.complexity())
                .whole(status)
                .text(error)
                .flag(streamed)
                .number(tookMillis)
                .whole(attempts)
                .text(degraded)
                .number(microDollars)
                .whole(about.revision())
                .text(gateway)
                .text(attemptOrder, LONGEST_PLAN)
                .text(plan == null || plan.length() > LONGEST_PLAN ? null : plan, LONGEST_PLAN);
    }
}
