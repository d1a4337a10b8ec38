package io.camelback.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.Spent;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.event.Event;
import io.camelback.event.EventBus;
import io.camelback.quota.QuotaUse;
import io.camelback.resilience.Breakers;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
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
 * Everything that looks at the gateway's work: log, metrics, events, and what the dashboard shows. There is one for all versions
 * of the routes, so that an edit loses nothing.
 */
public final class Observation implements AutoCloseable {
    private final Vitals vitals;
    private final RequestLog requests;
    private final EventBus events;
    private final Metrics metrics;
    private final MoneyRefusals moneyRefusals;
    private final Gauges gauges;
    private final Board board;
    private final Alerts alerts;
    private final StateDocument document;
    private final BiFunction<Deployment, Usage, Optional<Long>> price;
    private final Instant startedAt;
    private final List<Consumer<Serving>> servings = new CopyOnWriteArrayList<>();
    private volatile Serving serving;
    private volatile String problem;
    private volatile Supplier<List<Spent>> budgets = List::of;
    private volatile Supplier<List<QuotaUse>> quotas = List::of;

    /**
     * @param meters where the metrics go
     * @param price  what a deployment takes for tokens, in micro-dollars; empty when that is not known
     * @param traces where spans go; closed with this
     */
    public Observation(Vitals vitals, MeterRegistry meters, BiFunction<Deployment, Usage, Optional<Long>> price, Traces traces) {
        this.vitals = vitals;
        this.requests = new RequestLog(traces);
        this.price = price;
        this.startedAt = vitals.clock().instant();
        this.events = new EventBus(vitals.clock());
        this.metrics = new Metrics(meters);
        this.gauges = new Gauges(vitals, requests, events, meters);
        this.board = new Board(vitals.clock());
        this.alerts = new Alerts(events);
        this.document = new StateDocument(board, vitals);
        events.listen(board::notice);
        events.listen(notice -> metrics.count("camelback.events", "Events that were delivered",
                Tags.of("type", notice.event().type().word())));
        requests.listen(this::done);
        this.moneyRefusals = new MoneyRefusals(vitals.clock(), meters);
        requests.listen(entry -> moneyRefusals.done(entry.error()));
        requests.listenRefused(moneyRefusals::done);
        requests.listenRefused(error -> metrics.refused(error.status()));
        requests.listenReplayed(door -> metrics.count("camelback.replays", "Requests that were given the answer to an earlier one",
                Tags.of("door", door)));
        requests.listenWaiting(alerts::waiting);
        requests.listenWaiting(chain -> metrics.count("camelback.waits", "Requests that were held until somebody could answer",
                Tags.of("chain", chain == null ? Names.OTHER : chain)));
        vitals.breakers().listen(this::moved);
        vitals.parking().listen(this::parked);
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
    public MoneyRefusals moneyRefusals() {
        return moneyRefusals;
    }

    /** From now on this serves. */
    public void serving(Serving now) {
        boolean first = serving == null;
        serving = now;
        problem = null;
        gauges.serving(now);
        servings.forEach(listener -> listener.accept(now));
        if (!first) {
            events.publish(new Event(Event.Type.CONFIG_TAKEN, "files", "The edited files serve now, as version " + now.version() + ".",
                    Map.of("version", now.version())));
        }
    }

    /** This one is told what serves: now, and whenever an edit is taken. */
    public void listenServing(Consumer<Serving> listener) {
        servings.add(listener);
        if (serving != null) {
            listener.accept(serving);
        }
    }

    /** An edit was not taken. @param why what is wrong with it, without any secret */
    public void rejected(String why) {
        problem = why;
        gauges.rejected();
        events.publish(new Event(Event.Type.CONFIG_REJECTED, "files", "An edit was not taken; version "
                + serving.version() + " goes on serving.", Map.of("version", serving.version(), "problem", why)));
    }

    /** From now on this says how the quotas of deployments stand. */
    public void quotas(Supplier<List<QuotaUse>> now) {
        quotas = now;
    }

    /** From now on this says how the budgets stand. */
    public void budgets(Supplier<List<Spent>> now) {
        budgets = now;
    }

    /** The form of the dashboard's data. @param minutes how many minutes of history, at most a day */
    public ObjectNode state(int minutes) {
        return document.write(serving, startedAt, problem, budgets.get(), quotas.get(),
                Math.max(1, Math.min(Board.MINUTES, minutes)));
    }

    public Serving serving() {
        return serving;
    }

    private void done(RequestRecord entry) {
        Serving now = serving;
        if (now != null) {
            Judged judged = Judged.of(entry, now, price);
            metrics.done(judged, now);
            board.done(judged);
            alerts.done(judged);
        }
    }

    private void moved(Breakers.Transition move) {
        metrics.count("camelback.breaker.transitions", "Breakers that went into a state",
                Tags.of("deployment", move.deployment(), "to", move.to().name().toLowerCase(Locale.ROOT)));
        board.moved(move);
        alerts.moved(move);
    }

    private void parked(String name, Parking.Parked park) {
        metrics.count("camelback.parks", "Times that a deployment or a provider's key was left alone for a while", Tags.of(
                "name", name, "reason", park.cause() == null ? "by_hand" : park.cause().kind().name().toLowerCase(Locale.ROOT)));
        board.parked(behind(name), park);
        alerts.parked(name, park);
    }

    /** Somebody ended a deployment's parks by hand. */
    public void unparked(Deployment deployment) {
        behind(Parking.keyOf(deployment)).stream().filter(one -> vitals.parking().parked(one.name()).isEmpty())
                .forEach(one -> board.unparked(one.name(), vitals.breakers().of(one).getState() == State.CLOSED));
    }

    private List<Deployment> behind(String name) {
        Serving now = serving;
        return now == null ? List.of() : now.config().deployments().values().stream()
                .filter(one -> one.name().equals(name) || Parking.keyOf(one).equals(name)).toList();
    }

    @Override
    public void close() {
        events.close();
        requests.traces().close();
    }
}
