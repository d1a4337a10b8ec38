package io.camelback.camel.chain;

import io.camelback.attempt.AttemptResult;
import io.camelback.camel.request.RequestContext;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.resilience.Deadline;
import io.camelback.resilience.DeploymentStats;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.DeploymentAvailability;
import io.camelback.upstream.AttemptDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much of its request's time a deployment may take. One that comes after it reserves some only if it is healthy now
 * ({@link DeploymentAvailability}). {@link Deadline} does the sums.
 */
public final class DeadlineAllocator {
    private final CamelbackConfig config;
    private final GatewayRuntime runtime;

    public DeadlineAllocator(CamelbackConfig config, GatewayRuntime runtime) {
        this.config = config;
        this.runtime = runtime;
    }

    public AttemptDeadline of(RequestContext context, Deployment deployment) {
        String chain = context.chain() == null ? deployment.name() : context.chain();
        Duration callers = context.remainingTime();
        Duration left = callers != null ? callers : deadline(context, chain).minus(context.elapsed());
        Duration reserve = config.chain(chain).reserve();
        return Deadline.share(
                left.isNegative() ? Duration.ZERO : left,
                callers != null,
                after(context, deployment).stream()
                        .map(later -> Deadline.reserve(
                                reserve, firstToken(later), later.timeouts().firstToken()))
                        .toList());
    }

    /** Several that the caller named have together what the most patient of them has. */
    private Duration deadline(RequestContext context, String chain) {
        return context.callerChain() == null
                ? config.deadline(chain)
                : context.callerChain().segments().stream()
                        .map(segment -> config.deadline(segment.chain()))
                        .max(Duration::compareTo)
                        .orElseThrow();
    }

    public DeploymentStats.Latency firstToken(Deployment deployment) {
        return runtime.stats().of(deployment.name()).firstToken();
    }

    /** The links that may still be asked after this one. */
    private List<Deployment> after(RequestContext context, Deployment deployment) {
        if (context.chain() == null || context.noFallback()) {
            return List.of();
        }
        Set<String> asked = context.trail().attempts().stream()
                .map(AttemptResult::deployment)
                .collect(Collectors.toSet());
        return context.plan().behind(deployment).stream()
                .filter(later -> !asked.contains(later.name())
                        && DeploymentAvailability.of(later, runtime).isHealthy())
                .toList();
    }
}
