package io.camelback.camel;

import io.camelback.budget.BudgetBook;
import io.camelback.budget.Budgets;
import io.camelback.budget.Cap;
import io.camelback.budget.Spent;
import io.camelback.observe.Serving;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** How the budgets of the configuration stand, as metrics. Those of client keys are left out: there may be any number. */
final class BudgetGauges implements Consumer<Serving> {
    private final Budgets budgets;
    private final MultiGauge used;
    private final MultiGauge left;

    BudgetGauges(Budgets budgets, MeterRegistry meters) {
        this.budgets = budgets;
        this.used = MultiGauge.builder("camelback.budget.used.microdollars").description("Spent of a budget in its window")
                .register(meters);
        this.left = MultiGauge.builder("camelback.budget.left.microdollars")
                .description("What nobody has spent or put aside of a budget in its window").register(meters);
    }

    @Override
    public void accept(Serving serving) {
        BudgetBook book = new BudgetBook(serving.config().spending(), key -> Optional.empty());
        used.register(rows(book, Spent::settled), true);
        left.register(rows(book, Spent::left), true);
    }

    private List<MultiGauge.Row<?>> rows(BudgetBook book, ToLongFunction<Spent> what) {
        ZoneId zone = book.zone();
        return book.all().stream().<MultiGauge.Row<?>>map(cap -> MultiGauge.Row.of(tags(cap),
                () -> what.applyAsLong(budgets.standing(cap, zone)))).toList();
    }

    private static Tags tags(Cap cap) {
        return Tags.of("scope", cap.scope().name().toLowerCase(Locale.ROOT), "name", cap.name(), "period", cap.period().key());
    }
}
