package io.camelback.report;

import io.camelback.budget.BudgetStatus;
import io.camelback.quota.QuotaUsage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Usage between two moments, and the present state of the budgets.
 *
 * @param total all of it in one line
 * @param degraded how many requests got less than they asked for
 * @param possiblyBilled how many turns may be billed by more than is known: they were left before they told what they
 *     used
 * @param replayed how many requests more were given the answer to an earlier one, by their Idempotency-Key
 * @param by what the lines are by
 * @param lines dearest first
 * @param layers the same by layer; empty without layers
 * @param escalations requests that came to a further layer, by layer and reason, most first
 * @param failover null when nothing failed over, or a price is missing
 * @param premium null when no price is known to compare with
 * @param budgets those of the configuration, and of client keys where the lines are by key
 * @param quotas the same of quotas; empty when the time is over
 * @param at as of when they are: now, or the end of what is reported when that is over
 */
public record UsageReport(
        Instant from,
        Instant to,
        ZoneId zone,
        ReportLine total,
        long degraded,
        long possiblyBilled,
        long replayed,
        ReportGrouping by,
        List<ReportLine> lines,
        List<ReportLine> layers,
        List<Escalated> escalations,
        Compared failover,
        Compared premium,
        List<BudgetStatus> budgets,
        List<QuotaUsage> quotas,
        Instant at) {

    public UsageReport {
        lines = List.copyOf(lines);
        layers = List.copyOf(layers);
        escalations = List.copyOf(escalations);
        budgets = List.copyOf(budgets);
        quotas = List.copyOf(quotas);
    }

    /**
     * Requests that came to a further layer of their chain.
     *
     * @param layer the layer's route
     * @param cause why
     */
    public record Escalated(String layer, String cause, long requests) {}

    /**
     * What answers cost against what they would have cost.
     *
     * @param with the deployment whose price is compared with; null for each request's own first link
     * @param answers how many
     * @param cost in micro-dollars
     * @param instead in micro-dollars
     */
    public record Compared(String with, long answers, long cost, long instead) {}
}
