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

    public AttemptDeadline of(RequestContext call, Deployment deployment) {
        String chain = call.chain() == null ? deployment.name() : call.chain();
        Duration callers = call.remainingTime();
        Duration left = callers != null ? callers : config.deadline(chain).minus(call.elapsed());
        Duration reserve = config.chain(chain).reserve();
        return Deadline.share(
                left.isNegative() ? Duration.ZERO : left,
                callers != null,
                after(call, deployment).stream()
                        .map(later -> Deadline.reserve(
                                reserve, firstToken(later), later.timeouts().firstToken()))
                        .toList());
    }

    public DeploymentStats.Latency firstToken(Deployment deployment) {
        return runtime.stats().of(deployment.name()).firstToken();
    }

    /** The links that may still be asked after this one. */
    private List<Deployment> after(RequestContext call, Deployment deployment) {
        if (call.chain() == null || call.noFallback()) {
            return List.of();
        }
        Set<String> asked =
                call.trail().attempts().stream().map(AttemptResult::deployment).collect(Collectors.toSet());
        return call.plan().behind(deployment).stream()
                .filter(later -> !asked.contains(later.name())
                        && DeploymentAvailability.of(later, runtime).isHealthy())
                .toList();
    }
}
