package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.Cost;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.dialect.Carriage;
import io.camelback.dialect.Feature;
import io.camelback.dialect.Json;
import io.camelback.dialect.RequestFeatures;
import io.camelback.observe.Recent;
import io.camelback.observe.RequestRecord;
import io.camelback.routing.Attempt;
import io.camelback.routing.Complexity;
import io.camelback.routing.Escalation;
import io.camelback.routing.Facts;
import io.camelback.routing.Planned;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A plan as JSON: the same shape before a request and after it, when what happened stands beside it. */
final class PlanJson {
    /** What an answer is expected to be long, in tokens, unless the caller allows less. */
    private static final int USUAL_ANSWER = 500;

    private PlanJson() { }

    /**
     * @param slice how many milliseconds a deployment would get
     * @param left  how many micro-dollars the budgets that it counts to have left; empty without any
     */
    static ObjectNode before(Call call, ToLongFunction<Deployment> slice, Function<Deployment, OptionalLong> left) {
        ObjectNode json = Json.object().put("asked", call.asked()).put("chain", call.chain());
        Complexity complexity = call.complexity();
        json.set("complexity", complexity(complexity));
        json.put("tokens", call.facts().length().count());
        Set<Feature> features = RequestFeatures.of(call.request());
        ArrayNode links = json.putArray("plan");
        for (Planned planned : call.plan().planned()) {
            ObjectNode link = link(planned);
            links.add(link);
            if (planned.deployment() != null) {
                price(link, planned.deployment(), call.facts());
                left.apply(planned.deployment()).ifPresent(most -> link.put("left_usd", new BigDecimal(new Cost(most).dollars())));
                link.put("slice_ms", slice.applyAsLong(planned.deployment()));
                features(link, features, call.request(), planned.deployment());
            }
        }
        return json;
    }

    private static ObjectNode complexity(Complexity complexity) {
        ObjectNode json = Json.object().put("score", complexity.score()).put("task", complexity.task());
        ArrayNode parts = json.putArray("parts");
        for (Complexity.Part part : complexity.parts()) {
            parts.addObject().put("name", part.name()).put("points", part.points()).put("why", part.why());
        }
        return json;
    }

    /** What was planned, as the ledger keeps it; null when nothing was. */
    static String text(List<Planned> plan) {
        if (plan.isEmpty()) {
            return null;
        }
        ArrayNode links = Json.object().arrayNode();
        plan.forEach(planned -> links.add(link(planned)));
        return Json.text(links);
    }

    static ObjectNode after(Recent.Entry entry) {
        RequestRecord request = entry.request();
        ObjectNode json = Json.object().put("id", request.id()).put("asked", request.asked()).put("chain", request.chain());
        json.set("complexity", Json.object().put("score", request.complexity()).put("task", request.task()));
        ArrayNode links = json.putArray("plan");
        entry.plan().forEach(planned -> links.add(link(planned)));
        ArrayNode attempts = json.putArray("attempts");
        for (Attempt attempt : request.attempts()) {
            ObjectNode turn = attempts.addObject().put("deployment", attempt.deployment())
                    .put("outcome", attempt.outcome().name().toLowerCase(Locale.ROOT)).put("why", attempt.why())
                    .put("status", attempt.status()).put("took_ms", attempt.took().toMillis());
            if (attempt.has(Attempt.Mark.UNJUDGED)) {
                turn.put("unjudged", true);
            }
            if (attempt.failure() != null && attempt.failure().providerMessage() != null) {
                turn.put("message", attempt.failure().providerMessage());
            }
            if (attempt.possiblyBilled()) {
                turn.put("possibly_billed", true);
            }
        }
        ArrayNode escalations = json.putArray("escalations");
        for (Escalation escalation : request.escalations()) {
            escalations.addObject().put("before", escalation.before()).put("layer", escalation.layer())
                    .put("trigger", escalation.trigger());
        }
        return json.put("status", request.status()).put("answered_by", request.deployment()).put("degraded", request.degraded())
                .put("took_ms", request.took().toMillis());
    }

    private static ObjectNode link(Planned planned) {
        ObjectNode link = Json.object().put("deployment", planned.name()).put("layer", planned.layer())
                .put("kept", planned.kept());
        if (!planned.kept()) {
            link.put("why", planned.drop().why()).put("reason", planned.drop().reason().name().toLowerCase(Locale.ROOT));
            if (planned.drop().until() != null) {
                link.put("for_ms", planned.drop().until().toMillis());
            }
        }
        if (planned.balancer() != null) {
            link.put("balancer", planned.balancer());
        }
        return link;
    }

    private static void price(ObjectNode link, Deployment deployment, Facts facts) {
        long input = facts.length().count();
        int allowed = facts.maxOutput() == null ? Integer.MAX_VALUE : facts.maxOutput();
        int most = deployment.maxOutput() == 0 ? allowed : Math.min(deployment.maxOutput(), allowed);
        dollars(link, "expected_usd", deployment, input, Math.min(USUAL_ANSWER, most));
        if (most < Integer.MAX_VALUE) {
            dollars(link, "worst_usd", deployment, input, most);
        }
    }

    private static void dollars(ObjectNode link, String name, Deployment deployment, long input, long output) {
        Cost.of(deployment.price(), Usage.of(input, output)).ifPresent(cost -> link.put(name, new BigDecimal(cost.dollars())));
    }

    /** What the feature table says of this request there; nothing is changed for a provider of the caller's dialect. */
    private static void features(ObjectNode link, Set<Feature> features, ChatRequest request, Deployment deployment) {
        String dialect = deployment.api() == Deployment.Api.RESPONSES ? "responses" : deployment.provider().dialect();
        boolean same = request.original() != null && request.original().dialect().equals(dialect);
        ObjectNode carried = link.putObject("features");
        for (Carriage.Way way : List.of(Carriage.Way.CONVERTED, Carriage.Way.EMULATED, Carriage.Way.DROPPED,
                Carriage.Way.SKIPPED)) {
            ArrayNode these = Json.object().arrayNode();
            features.stream().filter(feature -> !same && feature.at(dialect).way() == way)
                    .forEach(feature -> these.add(feature.title()));
            if (!these.isEmpty()) {
                carried.set(way.name().toLowerCase(Locale.ROOT), these);
            }
        }
    }
}
