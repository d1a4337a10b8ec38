package io.camelback.camel;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.http.Share;
import io.camelback.resilience.Deadline;
import io.camelback.resilience.LiveStats;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Attempt;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much of its request's time a link may take. A link after it reserves some only if it could be asked now: not parked, its
 * breaker not open, its key there. {@link Deadline} does the sums.
 */
final class TimeShares {
    private final CamelbackConfig config;
    private final Vitals vitals;

    TimeShares(CamelbackConfig config, Vitals vitals) {
        this.config = config;
        this.vitals = vitals;
    }

    Share of(Call call, Deployment deployment) {
        String chain = call.chain() == null ? deployment.name() : call.chain();
        Duration callers = call.left();
        Duration left = callers != null ? callers : config.deadline(chain).minus(call.elapsed());
        Duration reserve = config.chain(chain).reserve();
        return Deadline.share(left.isNegative() ? Duration.ZERO : left, callers != null, after(call, deployment).stream()
                .map(later -> Deadline.reserve(reserve, firstToken(later), later.timeouts().firstToken())).toList());
    }

    LiveStats.Latency firstToken(Deployment deployment) {
        return vitals.stats().of(deployment.name()).firstToken();
    }

    /** The links that may still be asked after this one. */
    private List<Deployment> after(Call call, Deployment deployment) {
        if (call.chain() == null || call.noFallback()) {
            return List.of();
        }
        Set<String> asked = call.trail().attempts().stream().map(Attempt::deployment).collect(Collectors.toSet());
        return call.plan().behind(deployment).stream()
                .filter(later -> !asked.contains(later.name()) && askable(later)).toList();
    }

    private boolean askable(Deployment deployment) {
        State state = vitals.breakers().of(deployment).getState();
        return deployment.usable() && state != State.OPEN && state != State.FORCED_OPEN
                && vitals.parking().parked(deployment.name()).isEmpty()
                && vitals.parking().parked(Parking.keyOf(deployment)).isEmpty();
    }
}
