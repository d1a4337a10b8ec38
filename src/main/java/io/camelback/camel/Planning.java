package io.camelback.camel;

import io.camelback.config.Deployment;
import io.camelback.routing.Allowance;
import io.camelback.routing.Planned;
import io.camelback.routing.Planner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What would become of a call if it began now: whom its chain asks, in order, and whom not, as {@link Planner} decides. */
final class Planning {
    private final LinkWalk walk;
    private final States states;
    private final Function<Call, Allowance> means;

    /** @param means what budgets and quotas have left for a call */
    Planning(LinkWalk walk, States states, Function<Call, Allowance> means) {
        this.walk = walk;
        this.states = states;
        this.means = means;
    }

    /** Sets the call on its way: its links, and what is planned for them. */
    void plan(Call call) {
        List<LinkWalk.Link> links = walk.of(call);
        List<Deployment> deployments = links.stream().map(LinkWalk.Link::deployment).filter(Objects::nonNull).toList();
        Iterator<Planner.Verdict> verdicts = Planner.plan(call.facts(), deployments, states, means.apply(call)).iterator();
        List<Planned> plan = new ArrayList<>();
        for (LinkWalk.Link link : links) {
            plan.add(new Planned(link.deployment(), link.layer(), link.balancer(),
                    link.deployment() == null ? null : verdicts.next().drop()));
        }
        call.plan(CallPlan.of(deployments, plan));
    }
}
