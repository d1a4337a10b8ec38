package io.camelback.routing;

import io.camelback.config.Deployment;

/**
 * A link of a chain, and whether it is to be asked.
 *
 * @param deployment null for a fixed answer, which no model makes
 * @param layer      the route it stands in
 * @param balancer   what puts it into its place; null where the route does
 * @param drop       why it is not asked; null when it is
 */
public record Planned(Deployment deployment, String layer, String balancer, Drop drop) {
    public boolean kept() {
        return drop == null;
    }

    /** What people call it. */
    public String name() {
        return deployment == null ? "static" : deployment.name();
    }
}
