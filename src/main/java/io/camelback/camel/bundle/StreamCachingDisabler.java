package io.camelback.camel.bundle;

import java.util.Set;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/**
 * Turns stream caching off in the providers' Kamelets. It is on by default, even behind {@code disableStreamCache} of
 * camel-http, and reads a whole answer before the next step sees its first byte. A Kamelet's template has no place to
 * say so.
 */
final class StreamCachingDisabler extends ModelLifecycleStrategySupport {
    private final Set<String> deployments;

    /** @param deployments the names of all, which are the ids of the routes that Kamelets become */
    StreamCachingDisabler(Set<String> deployments) {
        this.deployments = Set.copyOf(deployments);
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (Boolean.TRUE.equals(route.isKamelet()) && deployments.contains(route.getRouteId())) {
            route.setStreamCache("false");
        }
    }
}
