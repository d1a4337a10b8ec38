package io.camelback.config;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of {@code budgets}.
 *
 * @param zone whose midnight ends a day
 * @param reportAt from when on the day before is reported; null for no such report
 * @param total of all together; null for no limit
 * @param deployments by name, those that have a budget
 * @param chains by name, those that have a budget: what requests to them may cost, whoever answers
 * @param layers by name, in the order of the file
 */
public record BudgetSettings(
        ZoneId zone,
        LocalTime reportAt,
        Budget total,
        Map<String, Budget> deployments,
        Map<String, Budget> chains,
        Map<String, DeploymentGroup> layers) {

    public BudgetSettings {
        deployments = Collections.unmodifiableMap(new LinkedHashMap<>(deployments));
        chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /** The layer a deployment is in; empty when it is in none. */
    public Optional<DeploymentGroup> layerOf(String deployment) {
        return layers.values().stream()
                .filter(layer -> layer.deployments().contains(deployment))
                .findFirst();
    }

    /** Whether anybody is limited. */
    public boolean limits() {
        return total != null
                || !deployments.isEmpty()
                || !chains.isEmpty()
                || layers.values().stream().anyMatch(layer -> layer.budget() != null);
    }
}
