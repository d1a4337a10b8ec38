package io.camelback.camel;

import io.camelback.config.Deployment;
import io.camelback.observe.Serving;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
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
 * @param dead        chains that none of their deployments can ever answer for, because all lack a key
 * @param down        chains whose deployments are all parked or behind an open breaker now
 * @param anybody     whether any deployment is usable
 */
record Reach(Set<String> keysMissing, List<String> dead, List<String> down, boolean anybody) {

    static Reach of(Serving serving, Vitals vitals) {
        Collection<Deployment> all = serving.config().deployments().values();
        Set<String> missing = all.stream().filter(one -> !one.usable()).map(one -> one.provider().keyVariable())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> dead = without(serving, Deployment::usable);
        List<String> down = without(serving, one -> one.usable() && up(one, vitals));
        return new Reach(missing, dead, down.stream().filter(chain -> !dead.contains(chain)).toList(),
                all.stream().anyMatch(Deployment::usable));
    }

    private static List<String> without(Serving serving, Predicate<Deployment> good) {
        return serving.chains().keySet().stream().filter(chain -> serving.deployments(chain).stream().noneMatch(good)).toList();
    }

    private static boolean up(Deployment one, Vitals vitals) {
        CircuitBreaker.State state = vitals.breakers().of(one).getState();
        return state != CircuitBreaker.State.OPEN && state != CircuitBreaker.State.FORCED_OPEN
                && vitals.parking().parked(one.name()).isEmpty() && vitals.parking().parked(Parking.keyOf(one)).isEmpty();
    }

    void describe(HealthCheckResultBuilder builder) {
        builder.detail("keys.missing", String.join(", ", keysMissing));
        builder.detail("chains.without.link", String.join(", ", dead));
        builder.detail("chains.down", String.join(", ", down));
    }
}
