package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.BudgetBook;
import io.camelback.budget.Spent;
import io.camelback.config.CamelbackConfig;
import io.camelback.observe.Observation;
import io.camelback.quota.QuotaUse;
import io.camelback.quota.Quotas;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** The dashboard on the management port: its page, the state, the state as it changes, and what can be done by hand. */
final class LivePages implements AutoCloseable {
    /** How much history there is unless more or less is asked for. */
    static final int MINUTES = 60;

    private final LiveStates live;

    LivePages(Management pages, Gateway gateway, Vertx vertx) {
        Observation observation = gateway.observation();
        observation.budgets(() -> budgets(gateway));
        observation.quotas(() -> quotas(gateway));
        pages.get("/api/state", question -> observation.state(minutes(question.query().get("minutes"))));
        live = new LiveStates(vertx, () -> observation.state(MINUTES));
        pages.raw("/api/live", live);
        gateway.vitals().breakers().listen(move -> live.push());
        pages.action("/api/keys", question -> KeyActions.act(gateway.accounts(),
                observation.serving().config().spending().zone(), RequestBody.parse(question.body())));
        HandActions actions = new HandActions(gateway.vitals(), observation);
        pages.action("/api/actions", question -> {
            ObjectNode done = actions.act(RequestBody.parse(question.body()));
            live.push();
            return done;
        });
        Dashboard.on(pages);
    }

    private static List<Spent> budgets(Gateway gateway) {
        BudgetBook book = new BudgetBook(gateway.observation().serving().config().spending(), key -> Optional.empty());
        return gateway.accounts().budgets()
                .map(budgets -> book.all().stream().map(cap -> budgets.standing(cap, book.zone())).toList()).orElse(List.of());
    }

    private static List<QuotaUse> quotas(Gateway gateway) {
        CamelbackConfig config = gateway.observation().serving().config();
        Quotas quotas = gateway.accounts().quotas(gateway.vitals().clock());
        return config.limits().entrySet().stream().flatMap(limited -> quotas.standing(Quotas.DEPLOYMENT + limited.getKey(),
                limited.getValue(), config.spending().zone()).stream()).toList();
    }

    private static int minutes(String asked) {
        return asked != null && asked.matches("\\d{1,4}") ? Integer.parseInt(asked) : MINUTES;
    }

    @Override
    public void close() {
        live.close();
    }
}
