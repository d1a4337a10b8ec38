package io.camelback.camel;

import io.camelback.config.Deployment;
import io.camelback.routing.Planned;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a call's chain asks, as far as it was known when the call began.
 *
 * @param links   in order
 * @param planned what was planned for them
 * @param wanting the names of those that had no money or no quota left
 */
record CallPlan(List<Deployment> links, List<Planned> planned, Set<String> wanting) {
    static final CallPlan NONE = new CallPlan(List.of(), List.of(), Set.of());

    static CallPlan of(List<Deployment> links, List<Planned> planned) {
        return new CallPlan(List.copyOf(links), List.copyOf(planned), planned.stream()
                .filter(link -> !link.kept() && link.drop().forWant()).map(Planned::name).collect(Collectors.toUnmodifiableSet()));
    }

    /** Those that come after this one, and had money and quota left. */
    List<Deployment> behind(Deployment deployment) {
        List<Deployment> later = links.subList(links.indexOf(deployment) + 1, links.size());
        return wanting.isEmpty() ? later : later.stream().filter(link -> !wanting.contains(link.name())).toList();
    }
}
