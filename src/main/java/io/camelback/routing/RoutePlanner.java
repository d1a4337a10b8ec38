package io.camelback.routing;

import io.camelback.config.Deployment;
import io.camelback.failure.AttemptSkippedException.Reason;
import io.camelback.failure.FailureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Plans which deployments are called, in what order, and why others are skipped. Pure: the request's facts, the
 * configuration and a view of the state in, the decision out. The Kamelets' first step asks it about one deployment,
 * {@code explain} about a whole chain.
 */
public final class RoutePlanner {
    private RoutePlanner() {}

    /**
     * What has come of the request so far.
     *
     * @param begun whether a link has had its turn already
     * @param tooSmall the largest context window that has refused the request, in tokens; 0 when none has
     */
    public record PlanState(boolean begun, int tooSmall) {
        public static final PlanState NOTHING = new PlanState(false, 0);
    }

    /** @param drop null when it is kept */
    public record Verdict(Deployment deployment, SkipReason drop) {
        public boolean kept() {
            return drop == null;
        }
    }

    /**
     * Judges the links of a chain as they stand now, as if those before each of them had failed.
     *
     * @param links in the order in which the chain asks them
     * @param availability of a deployment for this request, quotas and budgets included
     */
    public static List<Verdict> plan(
            RequestProfile facts, List<Deployment> links, Function<Deployment, DeploymentAvailability> availability) {
        Map<String, DeploymentAvailability> byName = new HashMap<>();
        links.forEach(link -> byName.computeIfAbsent(link.name(), name -> availability.apply(link)));
        Function<Deployment, DeploymentAvailability> known = link -> byName.get(link.name());
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            Deployment link = links.get(i);
            List<Deployment> behind = IntStream.range(i + 1, links.size())
                    .mapToObj(links::get)
                    .filter(later -> known.apply(later).refusal().isEmpty())
                    .toList();
            PlanState soFar = new PlanState(i > 0, 0);
            verdicts.add(new Verdict(
                    link,
                    known.apply(link)
                            .reason(Reason.BREAKER_OPEN)
                            .or(() -> drop(facts, soFar, link, behind, known))
                            .or(() -> known.apply(link).refusal())
                            .orElse(null)));
        }
        return verdicts;
    }

    /**
     * Why a deployment whose breaker lets calls through is not to be asked, budgets and quotas aside; empty when it is.
     *
     * @param behind the links that the chain has left after this one, and that can be paid for
     */
    public static Optional<SkipReason> drop(
            RequestProfile facts,
            PlanState soFar,
            Deployment link,
            List<Deployment> behind,
            Function<Deployment, DeploymentAvailability> availability) {
        if (facts.noFallback() && soFar.begun()) {
            return Optional.of(SkipReason.of(Reason.NO_FALLBACK, "no fallback wanted"));
        }
        DeploymentAvailability available = availability.apply(link);
        return available
                .reason(Reason.NO_KEY, Reason.COOLDOWN)
                .or(() -> incapable(facts.needs(), link, behind, availability))
                .or(() -> tooSmall(facts, soFar, link))
                .or(() -> available.reason(Reason.IN_FLIGHT_CAP));
    }

    /** For a deployment that has as many calls as it takes. */
    public static SkipReason full() {
        return SkipReason.of(Reason.IN_FLIGHT_CAP, "in-flight cap");
    }

    private static Optional<SkipReason> incapable(
            RequiredCapabilities needs,
            Deployment link,
            List<Deployment> behind,
            Function<Deployment, DeploymentAvailability> availability) {
        for (String need : needs.must()) {
            if (!link.supports(need)) {
                return Optional.of(SkipReason.unsuitable(Reason.INCAPABLE, FailureKind.UNSUPPORTED, "no " + need));
            }
        }
        for (String need : needs.should()) {
            if (!link.supports(need)) {
                Optional<Deployment> better = behind.stream()
                        .filter(other -> needs.must().stream().allMatch(other::supports)
                                && other.supports(need)
                                && other.tier() <= link.tier()
                                && availability.apply(other).isHealthy())
                        .findFirst();
                if (better.isPresent()) {
                    return Optional.of(SkipReason.unsuitable(
                            Reason.INCAPABLE,
                            FailureKind.UNSUPPORTED,
                            "no " + need + ", which " + better.get().name() + " has"));
                }
            }
        }
        return Optional.empty();
    }

    /** Question and answer must fit. A limit of more than half the window is a wish: nobody means to use it all. */
    private static Optional<SkipReason> tooSmall(RequestProfile facts, PlanState soFar, Deployment link) {
        int context = link.context();
        if (context == 0 || facts.length() == null) {
            return Optional.empty();
        }
        if (context <= soFar.tooSmall()) {
            return Optional.of(SkipReason.unsuitable(
                    Reason.CONTEXT, FailureKind.CONTEXT, "no larger than a context that was too small"));
        }
        int most = link.maxOutput() > 0 ? Math.min(link.maxOutput(), context / 2) : context / 2;
        int answer = facts.maxOutput() == null ? 0 : Math.min(facts.maxOutput(), most);
        if (facts.length().within(context - answer)) {
            return Optional.empty();
        }
        return Optional.of(SkipReason.unsuitable(
                Reason.CONTEXT,
                FailureKind.CONTEXT,
                "context too small: about " + facts.length().count() + " tokens"
                        + (answer == 0 ? "" : " and " + answer + " for the answer") + ", of " + context));
    }
}
