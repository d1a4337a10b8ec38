package io.camelback.routing;

import io.camelback.attempt.AttemptResult;
import io.camelback.config.Deployment;
import io.camelback.failure.AttemptSkippedException.Reason;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.GatewayRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a deployment may be asked now, why not, and from when on. This is the only place that decides it; planner,
 * admission, load balancers, deadlines, token counting, health checks and waiting requests all ask here.
 *
 * <p>It is read at one moment, and reading changes nothing. What keeps a deployment from being asked, in this order:
 *
 * <ol>
 *   <li>its breaker is open. One whose cooldown is over lets a probe through, and is no obstacle; nor is one that is
 *       half open, for the breaker itself counts the probes. One that was opened by hand stays open until somebody
 *       closes it.
 *   <li>its provider has no key.
 *   <li>it or its provider's key is cooling down; of both, the cooldown that ends later counts.
 *   <li>it has as many running calls as it takes.
 *   <li>a quota or a budget has no room for the request.
 * </ol>
 */
public final class DeploymentAvailability {
    /** How soon one of the running calls may be over. */
    private static final Duration NEXT_FREE_SLOT = Duration.ofSeconds(1);
    /** What is wrong with the deployment itself, whatever is asked and however busy it is. */
    private static final Set<Reason> ILL = Set.of(Reason.BREAKER_OPEN, Reason.NO_KEY, Reason.COOLDOWN);

    private final List<Obstacle> obstacles;

    /** @param left how long it lasts; null when no end is known */
    private record Obstacle(SkipReason reason, Duration left) {}

    private DeploymentAvailability(List<Obstacle> obstacles) {
        this.obstacles = obstacles;
    }

    /** For any request: quotas and budgets are left out. */
    public static DeploymentAvailability of(Deployment deployment, GatewayRuntime runtime) {
        return of(deployment, runtime, CapacityCheck.ALL);
    }

    /** @param capacity what quotas and budgets have left for the request */
    public static DeploymentAvailability of(Deployment deployment, GatewayRuntime runtime, CapacityCheck capacity) {
        List<Obstacle> obstacles = new ArrayList<>();
        breaker(deployment, runtime).ifPresent(obstacles::add);
        if (!deployment.usable()) {
            String variable = deployment.provider().keyVariable();
            obstacles.add(new Obstacle(SkipReason.of(Reason.NO_KEY, "no key: " + variable + " is not set"), null));
        }
        Stream.of(deployment.name(), CooldownRegistry.keyOf(deployment))
                .flatMap(name -> runtime.cooldowns().cooldown(name).stream())
                .max(Comparator.comparing(CooldownRegistry.Cooldown::until))
                .ifPresent(cooldown -> obstacles.add(new Obstacle(SkipReason.coolingDown(cooldown), cooldown.left())));
        if (runtime.inFlight().running(deployment.name()) >= runtime.breakers().concurrencyLimit(deployment)) {
            obstacles.add(new Obstacle(RoutePlanner.full(), NEXT_FREE_SLOT));
        }
        capacity.refusal(deployment).ifPresent(refusal -> obstacles.add(new Obstacle(refusal, refusal.until())));
        return new DeploymentAvailability(List.copyOf(obstacles));
    }

    private static Optional<Obstacle> breaker(Deployment deployment, GatewayRuntime runtime) {
        Duration left = runtime.breakers().closedFor(deployment);
        return runtime.breakers().permitsCalls(deployment)
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        SkipReason.of(Reason.BREAKER_OPEN, AttemptResult.BREAKER_OPEN), left.isZero() ? null : left));
    }

    /** Why it may not be asked, the first reason in the order above; empty when it may. */
    public Optional<SkipReason> reason() {
        return obstacles.stream().map(Obstacle::reason).findFirst();
    }

    /** The first of these reasons that keeps it from being asked; empty when none of them does. */
    Optional<SkipReason> reason(Reason... which) {
        return obstacles.stream()
                .map(Obstacle::reason)
                .filter(reason -> List.of(which).contains(reason.reason()))
                .findFirst();
    }

    /** Why the request has no room in a quota or a budget; empty when it has. */
    Optional<SkipReason> refusal() {
        return obstacles.stream()
                .map(Obstacle::reason)
                .filter(SkipReason::forWant)
                .findFirst();
    }

    public boolean mayBeAsked() {
        return obstacles.isEmpty();
    }

    /** Whether nothing is wrong with the deployment itself: it may still be busy, or the request may have no room. */
    public boolean isHealthy() {
        return obstacles.stream()
                .noneMatch(obstacle -> ILL.contains(obstacle.reason().reason()));
    }

    /** In how long it may be asked, zero for now; empty when no end is known. */
    public Optional<Duration> availableIn() {
        return obstacles.stream().anyMatch(obstacle -> obstacle.left() == null)
                ? Optional.empty()
                : Optional.of(obstacles.stream()
                        .map(Obstacle::left)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }
}
