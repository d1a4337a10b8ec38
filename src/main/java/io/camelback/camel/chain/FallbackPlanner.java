package io.camelback.camel.chain;

import io.camelback.camel.request.CallerChain;
import io.camelback.camel.request.FallbackPlan;
import io.camelback.camel.request.RequestContext;
import io.camelback.config.Deployment;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.CallerFallbacks;
import io.camelback.routing.CapacityCheck;
import io.camelback.routing.DeploymentAvailability;
import io.camelback.routing.PlannedTarget;
import io.camelback.routing.RoutePlanner;
import io.camelback.routing.SkipReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What would become of a call if it began now: whom its chain asks, in order, and whom not, as {@link RoutePlanner}
 * decides.
 */
public final class FallbackPlanner {
    private final ChainTraversal traversal;
    private final CallerChainBuilder builder;
    private final GatewayRuntime runtime;
    private final Function<RequestContext, CapacityCheck> capacity;

    /** @param capacity what budgets and quotas have left for a request */
    public FallbackPlanner(
            ChainTraversal traversal,
            CallerChainBuilder builder,
            GatewayRuntime runtime,
            Function<RequestContext, CapacityCheck> capacity) {
        this.traversal = traversal;
        this.builder = builder;
        this.runtime = runtime;
        this.capacity = capacity;
    }

    /** Sets the call on its way: its links, and what is planned for them. */
    void plan(RequestContext context) {
        plan(context, traversal.of(context), List.of());
    }

    /**
     * The same for a chain that is made of what the caller has named.
     *
     * @throws InvalidRequestException when the caller's wishes leave none of its deployments
     */
    void plan(RequestContext context, CallerFallbacks.Resolved named) {
        CallerChainBuilder.Made made = builder.make(context, named);
        Map<String, String> chains = new HashMap<>();
        made.links().forEach((link, chain) -> {
            if (link.deployment() != null) {
                chains.putIfAbsent(link.deployment().name(), chain);
            }
        });
        context.callerChain(new CallerChain(made.segments(), chains));
        plan(context, List.copyOf(made.links().keySet()), made.unwanted());
        context.callerChain().enter(made.segments().get(0).chain());
    }

    /** @param unwanted what the caller does not want to be asked */
    private void plan(RequestContext context, List<ChainTraversal.Link> links, List<PlannedTarget> unwanted) {
        List<Deployment> deployments = links.stream()
                .map(ChainTraversal.Link::deployment)
                .filter(Objects::nonNull)
                .toList();
        CapacityCheck room = capacity.apply(context);
        Iterator<RoutePlanner.Verdict> verdicts = RoutePlanner.plan(
                        context.analysis().profile(), deployments, link -> {
                            if (context.callerChain() != null) {
                                context.callerChain()
                                        .enter(context.callerChain().chainOf(link.name()));
                            }
                            return DeploymentAvailability.of(link, runtime, room);
                        })
                .iterator();
        List<PlannedTarget> plan = new ArrayList<>();
        for (ChainTraversal.Link link : links) {
            SkipReason drop = link.deployment() == null ? null : verdicts.next().drop();
            plan.add(new PlannedTarget(link.deployment(), link.layer(), link.balancer(), drop));
        }
        plan.addAll(unwanted);
        context.plan(FallbackPlan.of(deployments, plan));
    }
}
