package io.camelback.server.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetStatus;
import io.camelback.camel.request.RequestBodyReader;
import io.camelback.config.CamelbackConfig;
import io.camelback.quota.QuotaService;
import io.camelback.quota.QuotaUsage;
import io.camelback.server.reload.ReloadingGateway;
import io.camelback.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** The dashboard, the state API and operator actions on the management port. */
public final class ManagementApi implements AutoCloseable {
    /** How much history there is unless more or less is asked for. */
    static final int MINUTES = 60;

    private final StateEventStream live;

    public ManagementApi(ManagementRouter pages, ReloadingGateway gateway, Vertx vertx) {
        Telemetry telemetry = gateway.observation();
        telemetry.budgets(() -> budgets(gateway));
        telemetry.quotas(() -> quotas(gateway));
        pages.get(
                "/api/state",
                question -> telemetry.state(minutes(question.query().get("minutes"))));
        live = new StateEventStream(vertx, () -> telemetry.state(MINUTES));
        pages.raw("/api/live", live);
        gateway.vitals().breakers().listen(move -> live.push());
        pages.action(
                "/api/keys",
                question -> ClientKeyEndpoint.act(
                        gateway.accounts(),
                        telemetry.serving().config().spending().zone(),
                        RequestBodyReader.parse(question.body())));
        OperatorActions actions = new OperatorActions(gateway.vitals(), telemetry);
        pages.action("/api/actions", question -> {
            ObjectNode done = actions.act(RequestBodyReader.parse(question.body()));
            live.push();
            return done;
        });
        OpenApiDocument.on(pages);
        DashboardFiles.on(pages);
    }

    private static List<BudgetStatus> budgets(ReloadingGateway gateway) {
        BudgetPolicy book =
                new BudgetPolicy(gateway.observation().serving().config().spending(), key -> Optional.empty());
        return gateway.accounts()
                .budgets()
                .map(budgets -> book.all().stream()
                        .map(cap -> budgets.status(cap, book.zone()))
                        .toList())
                .orElse(List.of());
    }

    private static List<QuotaUsage> quotas(ReloadingGateway gateway) {
        CamelbackConfig config = gateway.observation().serving().config();
        QuotaService quotas = gateway.accounts().quotas(gateway.vitals().clock());
        return config.limits().entrySet().stream()
                .flatMap(limited -> quotas
                        .rateLimitHeaders(
                                QuotaService.DEPLOYMENT + limited.getKey(),
                                limited.getValue(),
                                config.spending().zone())
                        .stream())
                .toList();
    }

    private static int minutes(String asked) {
        return asked != null && asked.matches("\\d{1,4}") ? Integer.parseInt(asked) : MINUTES;
    }

    @Override
    public void close() {
        live.close();
    }
}
