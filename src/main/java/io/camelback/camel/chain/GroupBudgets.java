package io.camelback.camel.chain;

import io.camelback.budget.BudgetLimit;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetService;
import io.camelback.budget.BudgetStatus;
import io.camelback.pricing.Cost;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the layers' money stands, for routes: {@code ${bean:camelback-group-budgets?method=exhausted('premium')}}. As far
 * as this gateway knows; what other gateways spent shows after a few seconds. Never waits.
 */
public final class GroupBudgets {
    private final BudgetPolicy policy;
    private final BudgetService budgets;

    public GroupBudgets(BudgetPolicy policy, Optional<BudgetService> budgets) {
        this.policy = policy;
        this.budgets = budgets.orElse(null);
    }

    /**
     * Whether nothing more can be had from a layer for now: its own budget is used up, or each of its deployments' is.
     */
    public boolean exhausted(String layer) {
        BudgetPolicy.LayerCaps caps = policy.layer(layer);
        return anyUsedUp(caps.own())
                || !caps.deployments().isEmpty() && caps.deployments().stream().allMatch(this::anyUsedUp);
    }

    private boolean anyUsedUp(List<BudgetLimit> caps) {
        return budgets != null
                && caps.stream()
                        .anyMatch(cap -> budgets.status(cap, policy.zone()).exhausted());
    }

    /** Dollars spent in the layer's own budget, in the window that is nearest to its cap; 0 without a budget. */
    public BigDecimal spent(String layer) {
        return tightest(layer).map(spent -> dollars(spent.settled())).orElse(BigDecimal.ZERO);
    }

    /** Dollars left in the layer's own budget, in the window that is nearest to its cap; null without a budget. */
    public BigDecimal left(String layer) {
        return tightest(layer).map(spent -> dollars(spent.remaining())).orElse(null);
    }

    private Optional<BudgetStatus> tightest(String layer) {
        return budgets == null
                ? Optional.empty()
                : policy.layer(layer).own().stream()
                        .map(cap -> budgets.status(cap, policy.zone()))
                        .min(Comparator.comparingLong(BudgetStatus::remaining));
    }

    private static BigDecimal dollars(long microDollars) {
        return new BigDecimal(new Cost(microDollars).dollars());
    }
}
