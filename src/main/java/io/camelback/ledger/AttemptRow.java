package io.camelback.ledger;

import io.camelback.chat.Usage;
import io.camelback.failure.MessageRedactor;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A row for one attempt, or for a skipped deployment.
 *
 * @param id the row's own
 * @param at when the turn began, Unix time in milliseconds
 * @param layer the deployment's layer; null when it is in none
 * @param outcome {@code answered}, {@code failed}, {@code skipped}; {@code recovered} when the gateway stopped before
 *     the attempt ended
 * @param why in one short phrase
 * @param failure the failure's kind; null when there was none
 * @param status the provider's HTTP status; 0 when there was none
 * @param startedMillis from the request's beginning to the turn's; null for one that was skipped
 * @param firstTokenMillis from the turn's beginning to its first content; null when none came
 * @param usage the tokens to be paid for; null when there are none
 * @param flags what else is to be known of it
 * @param microDollars what they cost; null when the price is not known
 * @param gateway the process that served it
 * @param message what the provider said of its failure, redacted; null when it said nothing
 */
public record AttemptRow(
        String id,
        long at,
        RequestRef about,
        String deployment,
        String layer,
        String outcome,
        String why,
        String failure,
        int status,
        Long startedMillis,
        Long firstTokenMillis,
        long tookMillis,
        Usage usage,
        Flags flags,
        Long microDollars,
        String gateway,
        String message)
        implements LedgerRow {
    private static final String SQL = LedgerRow.insert(
            "camelback_attempt",
            "id",
            "at",
            "request_id",
            "client_key",
            "chain",
            "deployment",
            "layer",
            "task",
            "complexity",
            "outcome",
            "why",
            "failure",
            "status",
            "started_after_ms",
            "first_token_ms",
            "took_ms",
            "input_tokens",
            "cached_tokens",
            "cache_write_tokens",
            "output_tokens",
            "reasoning_tokens",
            "estimated",
            "resent",
            "possibly_billed",
            "micro_dollars",
            "revision",
            "gateway",
            "message",
            "service_tier",
            "cache_write_1h_tokens",
            "tool_calls",
            "other_models");

    /** One of which the provider said nothing. */
    public AttemptRow(
            String id,
            long at,
            RequestRef about,
            String deployment,
            String layer,
            String outcome,
            String why,
            String failure,
            int status,
            Long startedMillis,
            Long firstTokenMillis,
            long tookMillis,
            Usage usage,
            Flags flags,
            Long microDollars,
            String gateway) {
        this(
                id,
                at,
                about,
                deployment,
                layer,
                outcome,
                why,
                failure,
                status,
                startedMillis,
                firstTokenMillis,
                tookMillis,
                usage,
                flags,
                microDollars,
                gateway,
                null);
    }

    /**
     * @param estimated whether the tokens are our own count, because the provider told none
     * @param resent whether the request went out twice, because the first connection was dead
     * @param possiblyBilled whether the provider may bill more than is known
     */
    public record Flags(boolean estimated, boolean resent, boolean possiblyBilled) {
        public static final Flags NONE = new Flags(false, false, false);
    }

    @Override
    public String sql() {
        return SQL;
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        Binder row = new Binder(statement)
                .text(id)
                .number(at)
                .text(about.requestId())
                .text(about.clientKey())
                .text(about.chain())
                .text(deployment)
                .text(layer)
                .text(about.task())
                .whole(about.complexity())
                .text(outcome)
                .text(why)
                .text(failure)
                .whole(status)
                .number(startedMillis)
                .number(firstTokenMillis)
                .number(tookMillis);
        if (usage == null) {
            row.number(null).number(null).number(null).number(null).number(null);
        } else {
            row.number(usage.input())
                    .number(usage.cached())
                    .number(usage.cacheWrite())
                    .number(usage.output())
                    .number(usage.reasoning());
        }
        row.flag(flags.estimated()).flag(flags.resent()).flag(flags.possiblyBilled());
        row.number(microDollars).whole(about.revision()).text(gateway).text(message, MessageRedactor.LONGEST);
        if (usage == null) {
            row.text(null).number(null).number(null).text(null);
        } else {
            row.text(usage.billing().tier())
                    .number(usage.billing().hourCacheWrite())
                    .number(usage.billing().calls())
                    .text(usage.billing().otherModels());
        }
    }
}
