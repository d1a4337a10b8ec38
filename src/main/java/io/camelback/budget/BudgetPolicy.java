package io.camelback.budget;

import io.camelback.config.Budget;
import io.camelback.config.BudgetSettings;
import io.camelback.config.DeploymentGroup;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Maps an attempt to the spend limits of one revision of the configuration. Thread-safe. */
public final class BudgetPolicy {
    private final BudgetSettings spending;
    private final Function<String, Optional<Budget>> keys;
    private final Map<List<String>, List<BudgetLimit>> found = new ConcurrentHashMap<>();

    /** @param keys the budget of a client key, by its id; empty where it has none */
    public BudgetPolicy(BudgetSettings spending, Function<String, Optional<Budget>> keys) {
        this.spending = spending;
        this.keys = keys;
    }

    /**
     * @param chain the chain or deployment that was asked; null when a chain was called directly
     * @param clientKey the id of the caller's key; null without keys
     */
    public List<BudgetLimit> caps(String deployment, String chain, String clientKey) {
        List<BudgetLimit> ours = found.computeIfAbsent(
                List.of(deployment, chain == null ? "" : chain), names -> ours(deployment, chain));
        Optional<Budget> key = clientKey == null ? Optional.empty() : keys.apply(clientKey);
        if (key.isEmpty()) {
            return ours;
        }
        List<BudgetLimit> all = new ArrayList<>(ours);
        all.addAll(BudgetLimit.of(BudgetLimit.Scope.KEY, clientKey, key.get()));
        return all;
    }

    private List<BudgetLimit> ours(String deployment, String chain) {
        List<BudgetLimit> caps = new ArrayList<>();
        add(caps, BudgetLimit.Scope.TOTAL, "", spending.total());
        spending.layerOf(deployment)
                .ifPresent(layer -> add(caps, BudgetLimit.Scope.LAYER, layer.name(), layer.budget()));
        add(
                caps,
                BudgetLimit.Scope.DEPLOYMENT,
                deployment,
                spending.deployments().get(deployment));
        if (chain != null) {
            add(caps, BudgetLimit.Scope.CHAIN, chain, spending.chains().get(chain));
        }
        return List.copyOf(caps);
    }

    private static void add(List<BudgetLimit> caps, BudgetLimit.Scope scope, String name, Budget budget) {
        if (budget != null) {
            caps.addAll(BudgetLimit.of(scope, name, budget));
        }
    }

    /** All caps of the configuration, without those of client keys. */
    public List<BudgetLimit> all() {
        List<BudgetLimit> caps = new ArrayList<>();
        add(caps, BudgetLimit.Scope.TOTAL, "", spending.total());
        spending.layers().values().forEach(layer -> add(caps, BudgetLimit.Scope.LAYER, layer.name(), layer.budget()));
        spending.deployments().forEach((name, budget) -> add(caps, BudgetLimit.Scope.DEPLOYMENT, name, budget));
        spending.chains().forEach((name, budget) -> add(caps, BudgetLimit.Scope.CHAIN, name, budget));
        return caps;
    }

    /** The caps of one layer: its own, and those of its deployments. */
    public LayerCaps layer(String name) {
        DeploymentGroup layer = spending.layers().get(name);
        if (layer == null) {
            throw new IllegalArgumentException("There is no layer " + name + "; there are "
                    + spending.layers().keySet());
        }
        List<BudgetLimit> own = new ArrayList<>();
        add(own, BudgetLimit.Scope.LAYER, name, layer.budget());
        return new LayerCaps(
                own,
                layer.deployments().stream()
                        .map(deployment -> {
                            List<BudgetLimit> caps = new ArrayList<>();
                            add(
                                    caps,
                                    BudgetLimit.Scope.DEPLOYMENT,
                                    deployment,
                                    spending.deployments().get(deployment));
                            return caps;
                        })
                        .toList());
    }

    /**
     * @param own the layer's
     * @param deployments those of each of its deployments
     */
    public record LayerCaps(List<BudgetLimit> own, List<List<BudgetLimit>> deployments) {}

    public Optional<String> layerOf(String deployment) {
        return spending.layerOf(deployment).map(DeploymentGroup::name);
    }

    /** Whose calendar the budgets go by. */
    public ZoneId zone() {
        return spending.zone();
    }
}
