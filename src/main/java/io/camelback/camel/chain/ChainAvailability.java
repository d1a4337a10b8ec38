package io.camelback.camel.chain;

import io.camelback.config.Deployment;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.record.ActiveRevision;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Who can be asked, for those who watch over the gateway.
 *
 * @param keysMissing the variables that are not set
 * @param dead chains that none of their deployments can ever answer for, because all lack a key
 * @param down chains whose deployments are all parked or behind an open breaker now
 * @param anybody whether any deployment is usable
 */
public record ChainAvailability(Set<String> keysMissing, List<String> dead, List<String> down, boolean anybody) {

    public static ChainAvailability of(ActiveRevision serving, GatewayRuntime runtime) {
        Collection<Deployment> all = serving.config().deployments().values();
        Set<String> missing = all.stream()
                .filter(one -> !one.usable())
                .map(one -> one.provider().keyVariable())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> dead = without(serving, Deployment::usable);
        List<String> down = without(serving, one -> one.usable() && up(one, runtime));
        return new ChainAvailability(
                missing,
                dead,
                down.stream().filter(chain -> !dead.contains(chain)).toList(),
                all.stream().anyMatch(Deployment::usable));
    }

    private static List<String> without(ActiveRevision serving, Predicate<Deployment> good) {
        return serving.chains().keySet().stream()
                .filter(chain -> serving.deployments(chain).stream().noneMatch(good))
                .toList();
    }

    private static boolean up(Deployment one, GatewayRuntime runtime) {
        CircuitBreaker.State state = runtime.breakers().of(one).getState();
        return state != CircuitBreaker.State.OPEN
                && state != CircuitBreaker.State.FORCED_OPEN
                && runtime.parking().cooldown(one.name()).isEmpty()
                && runtime.parking().cooldown(CooldownRegistry.keyOf(one)).isEmpty();
    }

    public void describe(HealthCheckResultBuilder builder) {
        builder.detail("keys.missing", String.join(", ", keysMissing));
        builder.detail("chains.without.link", String.join(", ", dead));
        builder.detail("chains.down", String.join(", ", down));
    }
}
