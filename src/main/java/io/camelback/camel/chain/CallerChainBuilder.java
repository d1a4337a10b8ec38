package io.camelback.camel.chain;

import io.camelback.camel.request.CallerChain;
import io.camelback.camel.request.RequestContext;
import io.camelback.config.Deployment;
import io.camelback.loadbalancer.LoadBalancingStrategies;
import io.camelback.loadbalancer.LoadMetrics;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.routing.CallerFallbacks;
import io.camelback.routing.PlannedTarget;
import io.camelback.routing.ProviderPreferences;
import io.camelback.routing.SkipReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes a chain of what a caller has named. Without wishes for providers each chain is asked as it stands; with them it
 * is taken apart, and its deployments are asked by their own routes, in the caller's order. Their breakers, cooldowns,
 * quotas and budgets are those of the chain either way.
 */
public final class CallerChainBuilder {
    private final ChainTraversal traversal;
    private final LoadMetrics metrics;
    private final RandomGenerator random;

    public CallerChainBuilder(ChainTraversal traversal, LoadMetrics metrics, RandomGenerator random) {
        this.traversal = traversal;
        this.metrics = metrics;
        this.random = random;
    }

    /**
     * @param segments the routes that are asked
     * @param links what they lead to, in order, each with the chain that the caller named for it
     * @param unwanted what the caller does not want
     */
    record Made(
            List<CallerChain.Segment> segments, Map<ChainTraversal.Link, String> links, List<PlannedTarget> unwanted) {}

    /** @throws InvalidRequestException when nothing is left */
    Made make(RequestContext context, CallerFallbacks.Resolved named) {
        Made made = new Made(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        for (String chain : named.targets()) {
            List<ChainTraversal.Link> links = traversal.of(context, chain);
            if (named.preferences().equals(ProviderPreferences.NONE)) {
                made.segments().add(new CallerChain.Segment(chain, chain));
                links.forEach(link -> made.links().putIfAbsent(link, chain));
            } else {
                takeApart(context, named.preferences(), chain, links, made);
            }
        }
        if (made.segments().isEmpty()) {
            throw new InvalidRequestException(
                    "provider",
                    "`provider` leaves nobody to ask of " + String.join(", ", named.targets())
                            + ". Their providers are: "
                            + String.join(
                                    ", ",
                                    made.unwanted().stream()
                                            .map(target -> target.deployment()
                                                    .provider()
                                                    .name())
                                            .distinct()
                                            .sorted()
                                            .toList())
                            + ".");
        }
        return made;
    }

    private void takeApart(
            RequestContext context,
            ProviderPreferences preferences,
            String chain,
            List<ChainTraversal.Link> links,
            Made made) {
        Map<Deployment, ChainTraversal.Link> wanted = new LinkedHashMap<>();
        for (ChainTraversal.Link link : links) {
            Optional<SkipReason> unwanted =
                    link.deployment() == null ? Optional.empty() : preferences.unwanted(link.deployment());
            if (unwanted.isPresent()) {
                made.unwanted().add(new PlannedTarget(link.deployment(), link.layer(), null, unwanted.get()));
            } else if (link.deployment() != null) {
                wanted.putIfAbsent(link.deployment(), link);
            }
        }
        for (Deployment deployment : order(context, preferences, List.copyOf(wanted.keySet()))) {
            ChainTraversal.Link link = wanted.get(deployment);
            boolean first = made.links().keySet().stream().noneMatch(known -> deployment.equals(known.deployment()));
            if (first) {
                made.segments().add(new CallerChain.Segment(deployment.name(), chain));
                made.links().put(new ChainTraversal.Link(deployment, link.layer(), preferences.balancer()), chain);
            }
        }
    }

    private List<Deployment> order(
            RequestContext context, ProviderPreferences preferences, List<Deployment> deployments) {
        return preferences.balancer() == null
                ? preferences.ordered(deployments)
                : LoadBalancingStrategies.all(random)
                        .get(preferences.balancer())
                        .get()
                        .order(context.effectiveRequest(), deployments, metrics);
    }
}
