package io.camelback.routing;

import io.camelback.attempt.AttemptResult;
import io.camelback.config.Deployment;
import io.camelback.failure.AttemptSkippedException.Reason;
import io.camelback.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Who is asked, in what order, and why the others are not. Pure: the request's facts, the configuration and a view of
 * the state in, the decision out. The Kamelets' first step asks it about one deployment, {@code explain} about a whole
 * chain.
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
     * @param state how a deployment stands
     * @param allowance what budgets and quotas have left for the request
     */
    public static List<Verdict> plan(
            RequestProfile facts,
            List<Deployment> links,
            Function<Deployment, DeploymentStatus> state,
            CapacityCheck allowance) {
        List<Optional<SkipReason>> wants =
                links.stream().map(allowance::refusal).toList();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            Deployment link = links.get(i);
            List<Deployment> behind = IntStream.range(i + 1, links.size())
                    .filter(later -> wants.get(later).isEmpty())
                    .mapToObj(links::get)
                    .toList();
            Optional<SkipReason> drop = state.apply(link).breakerOpen()
                    ? Optional.of(SkipReason.of(Reason.BREAKER_OPEN, AttemptResult.BREAKER_OPEN))
                    : drop(facts, new PlanState(i > 0, 0), link, behind, state);
            verdicts.add(new Verdict(
                    link, drop.isPresent() ? drop.get() : wants.get(i).orElse(null)));
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
            Function<Deployment, DeploymentStatus> state) {
        if (facts.noFallback() && soFar.begun()) {
            return Optional.of(SkipReason.of(Reason.NO_FALLBACK, "no fallback wanted"));
        }
        if (!link.usable()) {
            return Optional.of(
                    SkipReason.of(Reason.NO_KEY, "no key: " + link.provider().keyVariable() + " is not set"));
        }
        DeploymentStatus standing = state.apply(link);
        if (standing.cooldown() != null) {
            return Optional.of(SkipReason.coolingDown(standing.cooldown()));
        }
        Optional<SkipReason> misfit =
                incapable(facts.needs(), link, behind, state).or(() -> tooSmall(facts, soFar, link));
        return misfit.isPresent() || !standing.atCapacity() ? misfit : Optional.of(full());
    }

    /** For a deployment that has as many calls as it takes. */
    public static SkipReason full() {
        return SkipReason.of(Reason.IN_FLIGHT_CAP, "in-flight cap");
    }

    private static Optional<SkipReason> incapable(
            RequiredCapabilities needs,
            Deployment link,
            List<Deployment> behind,
            Function<Deployment, DeploymentStatus> state) {
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
                                && other.usable()
                                && state.apply(other).isHealthy())
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
