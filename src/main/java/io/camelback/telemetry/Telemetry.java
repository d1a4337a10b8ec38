package io.camelback.telemetry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.BudgetStatus;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.event.EventBus;
import io.camelback.event.GatewayEvent;
import io.camelback.quota.QuotaUsage;
import io.camelback.resilience.CircuitBreakers;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.dashboard.DashboardModel;
import io.camelback.telemetry.dashboard.StateDocument;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.metrics.RequestMetrics;
import io.camelback.telemetry.metrics.StateGauges;
import io.camelback.telemetry.record.ActiveRevision;
import io.camelback.telemetry.record.MetricTags;
import io.camelback.telemetry.record.RequestOutcome;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.telemetry.trace.RequestTracer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Records requests in log, metrics, events and dashboard. There is one for all versions of the routes, so that an edit
 * loses nothing.
 */
public final class Telemetry implements AutoCloseable {
    private final GatewayRuntime runtime;
    private final RequestLog requests;
    private final EventBus events;
    private final RequestMetrics metrics;
    private final BudgetRejections moneyRefusals;
    private final StateGauges gauges;
    private final DashboardModel board;
    private final HealthEventPublisher alerts;
    private final StateDocument document;
    private final BiFunction<Deployment, Usage, Optional<Long>> price;
    private final Instant startedAt;
    private final List<Consumer<ActiveRevision>> servings = new CopyOnWriteArrayList<>();
    private volatile ActiveRevision serving;
    private volatile String problem;
    private volatile Supplier<List<BudgetStatus>> budgets = List::of;
    private volatile Supplier<List<QuotaUsage>> quotas = List::of;

    /**
     * @param meters where the metrics go
     * @param price what a deployment takes for tokens, in micro-dollars; empty when that is not known
     * @param traces where spans go; closed with this
     */
    public Telemetry(
            GatewayRuntime runtime,
            MeterRegistry meters,
            BiFunction<Deployment, Usage, Optional<Long>> price,
            RequestTracer traces) {
        this.runtime = runtime;
        this.requests = new RequestLog(traces);
        this.price = price;
        this.startedAt = runtime.clock().instant();
        this.events = new EventBus(runtime.clock());
        this.metrics = new RequestMetrics(meters);
        this.gauges = new StateGauges(runtime, requests, events, meters);
        this.board = new DashboardModel(runtime.clock());
        this.alerts = new HealthEventPublisher(events);
        this.document = new StateDocument(board, runtime);
        events.listen(board::eventDelivered);
        events.listen(notice -> metrics.count(
                "camelback.events",
                "Events that were delivered",
                Tags.of("type", notice.event().type().word())));
        requests.listen(this::requestFinished);
        this.moneyRefusals = new BudgetRejections(runtime.clock(), meters);
        requests.listen(entry -> moneyRefusals.done(entry.error()));
        requests.listenRefused(moneyRefusals::done);
        requests.listenRefused(error -> metrics.refused(error.status()));
        requests.listenReplayed(endpoint -> metrics.count(
                "camelback.replays",
                "Requests that were given the answer to an earlier one",
                Tags.of("endpoint", endpoint)));
        requests.listenWaiting(alerts::waiting);
        requests.listenWaiting(chain -> metrics.count(
                "camelback.waits",
                "Requests that waited until a deployment was available",
                Tags.of("chain", chain == null ? MetricTags.OTHER : chain)));
        runtime.breakers().listen(this::breakerChanged);
        runtime.cooldowns().listen(this::cooldownStarted);
    }

    /** Requests as they are done. */
    public RequestLog requests() {
        return requests;
    }

    /** Where events are told, and heard. */
    public EventBus events() {
        return events;
    }

    /** Who was refused because the ledger could not be asked. */
    public BudgetRejections moneyRefusals() {
        return moneyRefusals;
    }

    /** From now on this serves. */
    public void serving(ActiveRevision now) {
        boolean first = serving == null;
        serving = now;
        problem = null;
        gauges.serving(now);
        servings.forEach(listener -> listener.accept(now));
        if (!first) {
            events.publish(new GatewayEvent(
                    GatewayEvent.Type.CONFIG_TAKEN,
                    "files",
                    "Reloaded the edited files as version " + now.version() + ".",
                    Map.of("version", now.version())));
        }
    }

    /** This one is told what serves: now, and whenever an edit is taken. */
    public void listenServing(Consumer<ActiveRevision> listener) {
        servings.add(listener);
        if (serving != null) {
            listener.accept(serving);
        }
    }

    /** An edit was not taken. @param why what is wrong with it, without any secret */
    public void reloadRejected(String why) {
        problem = why;
        gauges.rejected();
        events.publish(new GatewayEvent(
                GatewayEvent.Type.CONFIG_REJECTED,
                "files",
                "An edit was rejected; version " + serving.version() + " stays in service.",
                Map.of("version", serving.version(), "problem", why)));
    }

    /** From now on this says how the quotas of deployments stand. */
    public void quotas(Supplier<List<QuotaUsage>> now) {
        quotas = now;
    }

    /** From now on this says how the budgets stand. */
    public void budgets(Supplier<List<BudgetStatus>> now) {
        budgets = now;
    }

    /** The form of the dashboard's data. @param minutes how many minutes of history, at most a day */
    public ObjectNode state(int minutes) {
        return document.write(
                serving,
                startedAt,
                problem,
                budgets.get(),
                quotas.get(),
                Math.max(1, Math.min(DashboardModel.MINUTES, minutes)));
    }

    public ActiveRevision serving() {
        return serving;
    }

    private void requestFinished(RequestRecord entry) {
        ActiveRevision now = serving;
        if (now != null) {
            RequestOutcome judged = RequestOutcome.of(entry, now, price);
            metrics.done(judged, now);
            board.requestFinished(judged);
            alerts.done(judged);
        }
    }

    private void breakerChanged(CircuitBreakers.Transition move) {
        metrics.count(
                "camelback.breaker.transitions",
                "Breakers that went into a state",
                Tags.of("deployment", move.deployment(), "to", move.to().name().toLowerCase(Locale.ROOT)));
        board.breakerChanged(move);
        alerts.breakerChanged(move);
    }

    private void cooldownStarted(String name, CooldownRegistry.Cooldown cooldown) {
        metrics.count(
                "camelback.cooldowns",
                "Cooldowns of deployments and provider keys",
                Tags.of(
                        "name",
                        name,
                        "reason",
                        cooldown.cause() == null
                                ? "by_hand"
                                : cooldown.cause().kind().name().toLowerCase(Locale.ROOT)));
        board.cooldownStarted(deploymentsOf(name), cooldown);
        alerts.cooldownStarted(name, cooldown);
    }

    /** An operator ended the cooldowns of a deployment. */
    public void cooldownEnded(Deployment deployment) {
        deploymentsOf(CooldownRegistry.keyOf(deployment)).stream()
                .filter(one -> runtime.cooldowns().cooldown(one.name()).isEmpty())
                .forEach(one -> board.cooldownEnded(
                        one.name(), runtime.breakers().of(one).getState() == State.CLOSED));
    }

    private List<Deployment> deploymentsOf(String name) {
        ActiveRevision now = serving;
        return now == null
                ? List.of()
                : now.config().deployments().values().stream()
                        .filter(one -> one.name().equals(name)
                                || CooldownRegistry.keyOf(one).equals(name))
                        .toList();
    }

    @Override
    public void close() {
        events.close();
        requests.traces().close();
    }
}
