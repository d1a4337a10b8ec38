package io.camelback.camel.chain;

import io.camelback.config.Deployment;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.DeploymentAvailability;
import io.camelback.telemetry.record.ActiveRevision;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Which chains can answer, for health checks.
 *
 * @param keysMissing the environment variables that are not set
 * @param dead chains without any deployment that has a key: they can never answer
 * @param down chains whose deployments are all cooling down or behind an open breaker now
 * @param anybody whether any deployment has a key
 */
public record ChainAvailability(Set<String> keysMissing, List<String> dead, List<String> down, boolean anybody) {

    public static ChainAvailability of(ActiveRevision serving, GatewayRuntime runtime) {
        Collection<Deployment> all = serving.config().deployments().values();
        Set<String> missing = all.stream()
                .filter(one -> !one.usable())
                .map(one -> one.provider().keyVariable())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> dead = without(serving, Deployment::usable);
        List<String> down =
                without(serving, one -> DeploymentAvailability.of(one, runtime).isHealthy());
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

    public void describe(HealthCheckResultBuilder builder) {
        builder.detail("keys.missing", String.join(", ", keysMissing));
        builder.detail("chains.without.link", String.join(", ", dead));
        builder.detail("chains.down", String.join(", ", down));
    }
}
