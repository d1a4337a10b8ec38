package io.camelback.camel.chain;

import io.camelback.camel.request.FallbackPlan;
import io.camelback.camel.request.RequestContext;
import io.camelback.config.Deployment;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.CapacityCheck;
import io.camelback.routing.DeploymentAvailability;
import io.camelback.routing.PlannedTarget;
import io.camelback.routing.RoutePlanner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What would become of a call if it began now: whom its chain asks, in order, and whom not, as {@link RoutePlanner}
 * decides.
 */
public final class FallbackPlanner {
    private final ChainTraversal traversal;
    private final GatewayRuntime runtime;
    private final Function<RequestContext, CapacityCheck> capacity;

    /** @param capacity what budgets and quotas have left for a request */
    public FallbackPlanner(
            ChainTraversal traversal, GatewayRuntime runtime, Function<RequestContext, CapacityCheck> capacity) {
        this.traversal = traversal;
        this.runtime = runtime;
        this.capacity = capacity;
    }

    /** Sets the call on its way: its links, and what is planned for them. */
    void plan(RequestContext context) {
        List<ChainTraversal.Link> links = traversal.of(context);
        List<Deployment> deployments = links.stream()
                .map(ChainTraversal.Link::deployment)
                .filter(Objects::nonNull)
                .toList();
        CapacityCheck room = capacity.apply(context);
        Iterator<RoutePlanner.Verdict> verdicts = RoutePlanner.plan(
                        context.analysis().profile(),
                        deployments,
                        link -> DeploymentAvailability.of(link, runtime, room))
                .iterator();
        List<PlannedTarget> plan = new ArrayList<>();
        for (ChainTraversal.Link link : links) {
            plan.add(new PlannedTarget(
                    link.deployment(),
                    link.layer(),
                    link.balancer(),
                    link.deployment() == null ? null : verdicts.next().drop()));
        }
        context.plan(FallbackPlan.of(deployments, plan));
    }
}
