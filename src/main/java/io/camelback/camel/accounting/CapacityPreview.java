package io.camelback.camel.accounting;

import io.camelback.camel.request.RequestContext;
import io.camelback.routing.CapacityCheck;

/**
 * What quotas and budgets have left for a call, as far as this gateway knows: for plans. Asks nobody and takes nothing.
 */
public final class CapacityPreview {
    private final QuotaEnforcer quotas;
    private final BudgetEnforcer budgets;

    public CapacityPreview(QuotaEnforcer quotas, BudgetEnforcer budgets) {
        this.quotas = quotas;
        this.budgets = budgets;
    }

    /** In the order in which they are asked when the turn comes. */
    public CapacityCheck of(RequestContext context) {
        return deployment -> quotas.preview(context, deployment).or(() -> budgets.preview(context, deployment));
    }
}
