package io.camelback.camel.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.attempt.AttemptResult;
import io.camelback.attempt.ChainEscalation;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Usage;
import io.camelback.classification.RequestComplexity;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.pricing.Cost;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderLimit;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.feature.FeatureSupport;
import io.camelback.protocol.feature.ProtocolFeature;
import io.camelback.protocol.feature.RequestFeatures;
import io.camelback.protocol.support.ReasoningWords;
import io.camelback.routing.PlannedTarget;
import io.camelback.routing.RequestProfile;
import io.camelback.telemetry.record.RecentRequests;
import io.camelback.telemetry.record.RequestRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A plan as JSON: the same shape before a request and after it, when what happened stands beside it. */
public final class ExplainResponseWriter {
    /** What an answer is expected to be long, in tokens, unless the caller allows less. */
    private static final int USUAL_ANSWER = 500;

    private ExplainResponseWriter() {}

    /**
     * @param slice how many milliseconds a deployment would get
     * @param left how many micro-dollars the budgets that it counts to have left; empty without any
     * @param unpriced what a deployment is not asked, because nobody knows its price
     */
    public static ObjectNode before(
            RequestContext context,
            ToLongFunction<Deployment> slice,
            Function<Deployment, OptionalLong> left,
            Function<Deployment, List<String>> unpriced) {
        ObjectNode json = Json.object().put("asked", context.requestedModel()).put("chain", context.chain());
        RequestComplexity complexity = context.analysis().complexity();
        json.set("complexity", complexity(complexity));
        json.put("tokens", context.analysis().profile().length().count());
        Set<ProtocolFeature> features = RequestFeatures.of(context.effectiveRequest());
        ArrayNode links = json.putArray("plan");
        for (PlannedTarget planned : context.plan().planned()) {
            ObjectNode link = link(planned);
            links.add(link);
            if (planned.deployment() != null) {
                price(link, planned.deployment(), context.analysis().profile());
                left.apply(planned.deployment())
                        .ifPresent(most -> link.put("left_usd", new BigDecimal(new Cost(most).dollars())));
                link.put("slice_ms", slice.applyAsLong(planned.deployment()));
                features(link, features, context.effectiveRequest(), planned.deployment());
                thinking(link, context.effectiveRequest(), planned.deployment());
                ArrayNode dropped = Json.object().arrayNode();
                unpriced.apply(planned.deployment()).forEach(dropped::add);
                if (!dropped.isEmpty()) {
                    link.withObject("/features").withArrayProperty("dropped").addAll(dropped);
                }
            }
        }
        return json;
    }

    private static ObjectNode complexity(RequestComplexity complexity) {
        ObjectNode json = Json.object().put("score", complexity.score()).put("task", complexity.task());
        ArrayNode parts = json.putArray("parts");
        for (RequestComplexity.Part part : complexity.parts()) {
            parts.addObject()
                    .put("name", part.name())
                    .put("points", part.points())
                    .put("why", part.why());
        }
        return json;
    }

    /** What was planned, as the ledger keeps it; null when nothing was. */
    public static String text(List<PlannedTarget> plan) {
        if (plan.isEmpty()) {
            return null;
        }
        ArrayNode links = Json.object().arrayNode();
        plan.forEach(planned -> links.add(link(planned)));
        return Json.text(links);
    }

    public static ObjectNode after(RecentRequests.Entry entry) {
        RequestRecord request = entry.request();
        ObjectNode json = Json.object()
                .put("id", request.id())
                .put("asked", request.asked())
                .put("chain", request.chain());
        json.set("complexity", Json.object().put("score", request.complexity()).put("task", request.task()));
        ArrayNode links = json.putArray("plan");
        entry.plan().forEach(planned -> links.add(link(planned)));
        ArrayNode attempts = json.putArray("attempts");
        for (AttemptResult attempt : request.attempts()) {
            ObjectNode turn = attempts.addObject()
                    .put("deployment", attempt.deployment())
                    .put("outcome", attempt.outcome().name().toLowerCase(Locale.ROOT))
                    .put("why", attempt.detail())
                    .put("status", attempt.status())
                    .put("took_ms", attempt.duration().toMillis());
            if (attempt.has(AttemptResult.Mark.UNJUDGED)) {
                turn.put("unjudged", true);
            }
            if (attempt.failure() != null && attempt.failure().providerMessage() != null) {
                turn.put("message", attempt.failure().providerMessage());
            }
            if (attempt.possiblyBilled()) {
                turn.put("possibly_billed", true);
            }
            if (attempt.metering().usage() != null
                    && attempt.metering().usage().billing().tier() != null) {
                turn.put("service_tier", attempt.metering().usage().billing().tier());
            }
        }
        ArrayNode escalations = json.putArray("escalations");
        for (ChainEscalation escalation : request.escalations()) {
            escalations
                    .addObject()
                    .put("before", escalation.before())
                    .put("layer", escalation.layer())
                    .put("trigger", escalation.trigger());
        }
        return json.put("status", request.status())
                .put("answered_by", request.deployment())
                .put("degraded", request.degraded())
                .put("took_ms", request.took().toMillis());
    }

    private static ObjectNode link(PlannedTarget planned) {
        ObjectNode link = Json.object()
                .put("deployment", planned.name())
                .put("layer", planned.layer())
                .put("kept", planned.isIncluded());
        if (!planned.isIncluded()) {
            link.put("why", planned.skipReason().detail())
                    .put("reason", planned.skipReason().reason().name().toLowerCase(Locale.ROOT));
            if (planned.skipReason().until() != null) {
                link.put("for_ms", planned.skipReason().until().toMillis());
            }
        }
        if (planned.balancer() != null) {
            link.put("balancer", planned.balancer());
        }
        return link;
    }

    private static void price(ObjectNode link, Deployment deployment, RequestProfile facts) {
        long input = facts.length().count();
        int allowed = facts.maxOutput() == null ? Integer.MAX_VALUE : facts.maxOutput();
        int most = deployment.maxOutput() == 0 ? allowed : Math.min(deployment.maxOutput(), allowed);
        dollars(link, "expected_usd", deployment, input, Math.min(USUAL_ANSWER, most));
        if (most < Integer.MAX_VALUE) {
            dollars(link, "worst_usd", deployment, input, most);
        }
    }

    private static void dollars(ObjectNode link, String name, Deployment deployment, long input, long output) {
        Cost.of(deployment.price(), Usage.of(input, output))
                .ifPresent(cost -> link.put(name, new BigDecimal(cost.dollars())));
    }

    /** Warns of a limit that thinking alone may use up: the answer would be empty then. */
    private static void thinking(ObjectNode link, ChatRequest request, Deployment deployment) {
        boolean off = request.effort() == ChatRequest.Effort.NONE
                && !deployment.unsupported().contains(UnsupportedParameter.THINKING_OFF);
        if (!off && deployment.mayThinkAllOf(request.maxOutputTokens())) {
            link.putArray("warnings")
                    .add("This model may think, and " + request.maxOutputTokens()
                            + " tokens may all go into that: the answer would be empty, with finish_reason length. Allow "
                            + Deployment.USUAL_THINKING
                            + " or more, or ask for no reasoning. With quality: { min-length: 1 } of its chain the next model"
                            + " answers instead.");
        }
    }

    /**
     * What the feature table says of this request there; of a provider of the caller's dialect, how a wish for thinking
     * is said that was said in another maker's words.
     */
    private static void features(
            ObjectNode link, Set<ProtocolFeature> features, ChatRequest request, Deployment deployment) {
        String dialect = deployment.api() == Deployment.Api.RESPONSES
                ? "responses"
                : deployment.provider().dialect();
        boolean same =
                request.original() != null && request.original().dialect().equals(dialect);
        ObjectNode carried = link.putObject("features");
        for (FeatureSupport.Level way : List.of(
                FeatureSupport.Level.CONVERTED,
                FeatureSupport.Level.EMULATED,
                FeatureSupport.Level.DROPPED,
                FeatureSupport.Level.SKIPPED)) {
            ArrayNode these = Json.object().arrayNode();
            features.stream()
                    .filter(feature -> !same && feature.at(dialect).way() == way)
                    .forEach(feature -> these.add(feature.title()));
            if (!these.isEmpty()) {
                carried.set(way.name().toLowerCase(Locale.ROOT), these);
            }
        }
        if (same
                && dialect.equals(ProtocolNames.OPENAI)
                && ReasoningWords.translates(
                        request.original().body(), deployment.provider().name())) {
            carried.putArray("converted").add(ProtocolFeature.EFFORT.title());
        }
        ArrayNode limits = link.putArray("limits");
        ProviderLimit.rows(dialect, deployment.provider().name())
                .values()
                .forEach(row -> limits.addObject().put("limit", row.title()).put("source", row.source()));
    }
}
