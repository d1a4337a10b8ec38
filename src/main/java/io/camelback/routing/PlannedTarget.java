package io.camelback.routing;

import io.camelback.config.Deployment;

/**
 * A link of a chain, and whether it is to be called.
 *
 * @param deployment null for a fixed answer, which no model makes
 * @param layer the route it stands in
 * @param balancer what puts it into its place; null where the route does
 * @param skipReason why it is not asked; null when it is
 */
public record PlannedTarget(Deployment deployment, String layer, String balancer, SkipReason skipReason) {
    public boolean isIncluded() {
        return skipReason == null;
    }

    /** What people call it. */
    public String name() {
        return deployment == null ? "static" : deployment.name();
    }
}
