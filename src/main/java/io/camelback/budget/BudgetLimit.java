package io.camelback.budget;

import io.camelback.config.Budget;
import io.camelback.config.BudgetPeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The most that one scope may spend in one period.
 *
 * @param name of the deployment, layer or chain, or the id of the client key; empty for all together
 * @param microDollars the most that may be spent
 * @param alerts at how many percent somebody is told
 * @param preEmpt from how many percent on only the tasks of {@code keepFor} may spend
 */
public record BudgetLimit(
        Scope scope,
        String name,
        BudgetPeriod period,
        long microDollars,
        List<Integer> alerts,
        int preEmpt,
        Set<String> keepFor) {
    private static final int WHOLE = 100;

    /** Who spends. */
    public enum Scope {
        TOTAL,
        LAYER,
        DEPLOYMENT,
        CHAIN,
        KEY
    }

    /** All caps of one budget. */
    public static List<BudgetLimit> of(Scope scope, String name, Budget budget) {
        List<BudgetLimit> caps = new ArrayList<>();
        budget.caps()
                .forEach((period, most) -> caps.add(new BudgetLimit(
                        scope, name, period, most, budget.alerts(), budget.preEmpt(), budget.keepFor())));
        return caps;
    }

    /** Under which the ledger knows it: {@code deployment:glm-nano:month}. */
    public String id() {
        return scope.name().toLowerCase(Locale.ROOT) + ":" + name + ":" + period.key();
    }

    /** How far a task may go: to the cap, or to where the rest is kept for others. */
    long limitFor(String task) {
        return preEmpt >= WHOLE || task != null && keepFor.contains(task) ? microDollars : percent(preEmpt);
    }

    /** So many hundredths of the cap, rounded down. */
    long percent(int hundredths) {
        return microDollars / WHOLE * hundredths + microDollars % WHOLE * hundredths / WHOLE;
    }

    /** As people say it: {@code the month's budget of layer premium}. */
    @Override
    public String toString() {
        String whose = switch (scope) {
            case TOTAL -> "";
            case LAYER -> " of layer " + name;
            case DEPLOYMENT -> " of " + name;
            case CHAIN -> " of chain " + name;
            case KEY -> " of key " + name;
        };
        return "the " + period.key() + "'s budget" + whose;
    }
}
