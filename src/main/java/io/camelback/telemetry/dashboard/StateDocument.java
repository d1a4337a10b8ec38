package io.camelback.telemetry.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.BudgetStatus;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.quota.QuotaUsage;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.record.ActiveRevision;
import io.camelback.telemetry.record.RequestOutcome;
import io.camelback.telemetry.record.TelemetryJson;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The state of the gateway as one JSON document: {@code GET /api/state} (docs/state.md). Numbers and names only. */
public final class StateDocument {
    /** The name and version of its form. */
    static final String SCHEMA = "camelback.state/1";

    private final DashboardModel board;
    private final GatewayRuntime runtime;

    public StateDocument(DashboardModel board, GatewayRuntime runtime) {
        this.board = board;
        this.runtime = runtime;
    }

    /**
     * @param problem what was wrong with the last edit; null when it was taken
     * @param budgets as they stand now
     * @param quotas of deployments, as they stand now
     * @param minutes how many minutes of history
     */
    public ObjectNode write(
            ActiveRevision serving,
            Instant startedAt,
            String problem,
            List<BudgetStatus> budgets,
            List<QuotaUsage> quotas,
            int minutes) {
        Instant now = runtime.clock().instant();
        ObjectNode json = Json.object()
                .put("schema", SCHEMA)
                .put("at", TelemetryJson.at(now))
                .put("started_at", TelemetryJson.at(startedAt))
                .put("version", serving.version());
        TelemetryJson.put(json, "problem", problem);
        ArrayNode warnings = json.putArray("warnings");
        serving.warnings().forEach(warnings::add);
        json.set("budgets", BudgetStatusJson.of(budgets, now));
        json.set("quotas", quotas(quotas));
        return board.read(() -> {
            List<PerMinuteCounters.Minute> history = board.minutes(minutes);
            json.set("summary", summary(history));
            json.set("deployments", deployments(serving));
            json.set("chains", chains(serving));
            json.set("minutes", minutes(history));
            json.set("requests", requests());
            json.set("outages", outages(now));
            json.set("events", events());
            return json;
        });
    }

    private static ArrayNode quotas(List<QuotaUsage> quotas) {
        ArrayNode all = Json.object().putArray("quotas");
        quotas.forEach(use -> all.addObject()
                .put("deployment", use.name())
                .put("quota", use.quota())
                .put("most", use.limit())
                .put("used", use.used())
                .put("left", use.remaining())
                .put("cools_down", use.cooling())
                .put("until", TelemetryJson.at(use.until())));
        return all;
    }

    private ObjectNode summary(List<PerMinuteCounters.Minute> history) {
        ObjectNode json = Json.object().put("minutes", history.size());
        json.put(
                "requests",
                history.stream().mapToLong(minute -> minute.requests).sum());
        for (RequestOutcome.Result result : RequestOutcome.Result.values()) {
            json.put(
                    result.word(),
                    history.stream().mapToLong(minute -> minute.results(result)).sum());
        }
        return json.put(
                        "fell_back",
                        history.stream().mapToLong(minute -> minute.fellBack).sum())
                .put(
                        "micro_dollars",
                        history.stream()
                                .mapToLong(PerMinuteCounters.Minute::microDollars)
                                .sum())
                .put(
                        "extra_micro_dollars",
                        history.stream().mapToLong(minute -> minute.extra).sum())
                .put(
                        "in_flight",
                        runtime.inFlight().running().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
    }

    private ArrayNode deployments(ActiveRevision serving) {
        ArrayNode all = Json.object().putArray("deployments");
        Map<String, CooldownRegistry.Cooldown> cooldowns = runtime.cooldowns().all();
        for (Deployment deployment : serving.config().deployments().values()) {
            RecentAttempts.Summary turns = board.turns(deployment.name());
            ObjectNode json = all.addObject()
                    .put("name", deployment.name())
                    .put("provider", deployment.provider().name())
                    .put("model", deployment.model())
                    .put("tier", deployment.tier())
                    .put("embeds", deployment.embeds())
                    .put("usable", deployment.usable());
            TelemetryJson.put(
                    json,
                    "needs",
                    deployment.usable() ? null : deployment.provider().keyVariable());
            json.set("breaker", breaker(deployment));
            Optional.ofNullable(cooldowns.get(deployment.name()))
                    .ifPresent(cooldown -> json.set("cooldown", cooldown(cooldown)));
            Optional.ofNullable(cooldowns.get(CooldownRegistry.keyOf(deployment)))
                    .ifPresent(cooldown -> json.set("key_cooldown", cooldown(cooldown)));
            json.put("in_flight", runtime.inFlight().running(deployment.name()))
                    .put("max_in_flight", deployment.maxInFlight())
                    .put("answered", turns.answered())
                    .put("failed", turns.failed());
            json.set("failures", Json.of(turns.failures()));
            known(json, "p50_ms", turns.p50());
            known(json, "p99_ms", turns.p99());
            known(json, "first_token_p50_ms", turns.firstTokenP50());
            DashboardModel.Failed last = board.lastFailure(deployment.name());
            if (last != null) {
                json.putObject("last_failure")
                        .put("at", TelemetryJson.at(last.at()))
                        .put("reason", last.reason())
                        .put("why", last.why());
            }
        }
        return all;
    }

    private ObjectNode breaker(Deployment deployment) {
        CircuitBreaker breaker = runtime.breakers().of(deployment);
        return Json.object()
                .put("state", breaker.getState().name().toLowerCase(Locale.ROOT))
                .put("failures", breaker.getMetrics().getNumberOfFailedCalls())
                .put("cooldown_ms", deployment.breaker().cooldown().toMillis())
                .put("left_ms", runtime.breakers().closedFor(deployment).toMillis());
    }

    private static ObjectNode cooldown(CooldownRegistry.Cooldown cooldown) {
        return Json.object()
                .put("reason", cooldown.reason())
                .put("left_ms", cooldown.left().toMillis())
                .put("by_hand", cooldown.cause() == null);
    }

    private ArrayNode chains(ActiveRevision serving) {
        ArrayNode all = Json.object().putArray("chains");
        serving.chains().forEach((name, links) -> {
            long asked = board.requestCount(name);
            ObjectNode json =
                    all.addObject().put("name", name).put("asked", asked).put("fell_back", board.fallbackCount(name));
            ArrayNode steps = json.putArray("links");
            for (ActiveRevision.Link link : links) {
                long answered = link.kind() == ActiveRevision.Kind.CHAIN
                        ? behind(serving, name, link.name())
                        : board.answerCount(name, link.kind() == ActiveRevision.Kind.STATIC ? "static" : link.name());
                ObjectNode step = steps.addObject()
                        .put("kind", link.kind().name().toLowerCase(Locale.ROOT))
                        .put("name", link.name())
                        .put("answered", answered);
                if (asked > 0) {
                    step.put("share", Math.round(1000.0 * answered / asked) / 1000.0);
                }
            }
        });
        return all;
    }

    /** What a chain had answered by those that only the chain behind it knows. */
    private long behind(ActiveRevision serving, String chain, String next) {
        long sum = 0;
        for (String who : serving.reachedBehind(chain, next)) {
            sum += board.answerCount(chain, who);
        }
        return sum;
    }

    private static ArrayNode minutes(List<PerMinuteCounters.Minute> history) {
        ArrayNode all = Json.object().putArray("minutes");
        for (PerMinuteCounters.Minute minute : history) {
            ObjectNode json = all.addObject()
                    .put("at", TelemetryJson.at(Instant.ofEpochSecond(minute.minute * 60)))
                    .put("requests", minute.requests)
                    .put("fell_back", minute.fellBack)
                    .put("extra_micro_dollars", minute.extra);
            for (RequestOutcome.Result result : RequestOutcome.Result.values()) {
                json.put(result.word(), minute.results(result));
            }
            json.set("tiers", Json.of(minute.tiers));
            json.set("micro_dollars", Json.of(minute.microDollars));
        }
        return all;
    }

    private ArrayNode requests() {
        ArrayNode all = Json.object().putArray("requests");
        for (DashboardModel.Done done : board.requests()) {
            ObjectNode json = TelemetryJson.request(done.judged().entry());
            json.put(
                            "at",
                            TelemetryJson.at(
                                    done.at().minus(done.judged().entry().took())))
                    .put("result", done.judged().result().word())
                    .put("tier", done.judged().tier())
                    .put("extra_micro_dollars", done.judged().extraCost());
            all.add(json);
        }
        return all;
    }

    private ArrayNode outages(Instant now) {
        ArrayNode all = Json.object().putArray("outages");
        for (OutageHistory.Outage outage : board.outages()) {
            ObjectNode json = all.addObject()
                    .put("name", outage.name)
                    .put("why", outage.why)
                    .put("from", TelemetryJson.at(outage.from))
                    .put("over", outage.over(now))
                    .put("requests", outage.requests)
                    .put("extra_micro_dollars", outage.extra);
            if (outage.until != null) {
                json.put("until", TelemetryJson.at(outage.until));
            }
            json.set("took_over", Json.of(outage.tookOver));
        }
        return all;
    }

    private ArrayNode events() {
        ArrayNode all = Json.object().putArray("events");
        board.events().forEach(notice -> all.add(TelemetryJson.event(notice)));
        return all;
    }

    private static void known(ObjectNode json, String name, long value) {
        if (value >= 0) {
            json.put(name, value);
        }
    }
}
