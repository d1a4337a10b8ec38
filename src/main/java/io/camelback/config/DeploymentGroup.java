package io.camelback.config;

import java.util.List;

/**
 * A named group of deployments, such as the free ones.
 *
 * @param budget what all of them may cost together; null for no limit
 */
public record DeploymentGroup(String name, List<String> deployments, Budget budget) {
    public DeploymentGroup {
        deployments = List.copyOf(deployments);
    }
}
