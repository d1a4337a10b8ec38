package io.camelback.camel.accounting;

import io.camelback.budget.BudgetLimit;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetService;
import io.camelback.budget.BudgetStatus;
import io.camelback.telemetry.record.ActiveRevision;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * How the budgets of the configuration stand, as metrics. Those of client keys are left out: there may be any number.
 */
public final class BudgetGauges implements Consumer<ActiveRevision> {
    private final BudgetService budgets;
    private final MultiGauge used;
    private final MultiGauge left;

    public BudgetGauges(BudgetService budgets, MeterRegistry meters) {
        this.budgets = budgets;
        this.used = MultiGauge.builder("camelback.budget.used.microdollars")
                .description("Spent of a budget in its window")
                .register(meters);
        this.left = MultiGauge.builder("camelback.budget.left.microdollars")
                .description("What nobody has spent or put aside of a budget in its window")
                .register(meters);
    }

    @Override
    public void accept(ActiveRevision serving) {
        BudgetPolicy book = new BudgetPolicy(serving.config().spending(), key -> Optional.empty());
        used.register(rows(book, BudgetStatus::settled), true);
        left.register(rows(book, BudgetStatus::remaining), true);
    }

    private List<MultiGauge.Row<?>> rows(BudgetPolicy book, ToLongFunction<BudgetStatus> what) {
        ZoneId zone = book.zone();
        return book.all().stream()
                .<MultiGauge.Row<?>>map(
                        cap -> MultiGauge.Row.of(tags(cap), () -> what.applyAsLong(budgets.status(cap, zone))))
                .toList();
    }

    private static Tags tags(BudgetLimit cap) {
        return Tags.of(
                "scope",
                cap.scope().name().toLowerCase(Locale.ROOT),
                "name",
                cap.name(),
                "period",
                cap.period().key());
    }
}
