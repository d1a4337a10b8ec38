package io.camelback.camel.request;

import io.camelback.config.Deployment;
import io.camelback.routing.PlannedTarget;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a call's chain asks, as far as it was known when the call began.
 *
 * @param links in order
 * @param planned what was planned for them
 * @param wanting the names of those that had no money or no quota left
 */
public record FallbackPlan(List<Deployment> links, List<PlannedTarget> planned, Set<String> wanting) {
    static final FallbackPlan NONE = new FallbackPlan(List.of(), List.of(), Set.of());

    public static FallbackPlan of(List<Deployment> links, List<PlannedTarget> planned) {
        return new FallbackPlan(
                List.copyOf(links),
                List.copyOf(planned),
                planned.stream()
                        .filter(link -> !link.isIncluded() && link.skipReason().forWant())
                        .map(PlannedTarget::name)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Those that come after this one, and had money and quota left. */
    public List<Deployment> behind(Deployment deployment) {
        List<Deployment> later = links.subList(links.indexOf(deployment) + 1, links.size());
        return wanting.isEmpty()
                ? later
                : later.stream().filter(link -> !wanting.contains(link.name())).toList();
    }
}
