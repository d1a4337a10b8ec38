package io.camelback.budget;

import io.camelback.config.Budget;
import io.camelback.config.Layer;
import io.camelback.config.Spending;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Which caps an attempt counts to, by one version of the configuration. Thread-safe. */
public final class BudgetBook {
    private final Spending spending;
    private final Function<String, Optional<Budget>> keys;
    private final Map<List<String>, List<Cap>> found = new ConcurrentHashMap<>();

    /** @param keys the budget of a client key, by its id; empty where it has none */
    public BudgetBook(Spending spending, Function<String, Optional<Budget>> keys) {
        this.spending = spending;
        this.keys = keys;
    }

    /**
     * @param chain     the chain or deployment that was asked; null when a chain was called directly
     * @param clientKey the id of the caller's key; null without keys
     */
    public List<Cap> caps(String deployment, String chain, String clientKey) {
        List<Cap> ours = found.computeIfAbsent(List.of(deployment, chain == null ? "" : chain), names -> ours(deployment, chain));
        Optional<Budget> key = clientKey == null ? Optional.empty() : keys.apply(clientKey);
        if (key.isEmpty()) {
            return ours;
        }
        List<Cap> all = new ArrayList<>(ours);
        all.addAll(Cap.of(Cap.Scope.KEY, clientKey, key.get()));
        return all;
    }

    private List<Cap> ours(String deployment, String chain) {
        List<Cap> caps = new ArrayList<>();
        add(caps, Cap.Scope.TOTAL, "", spending.total());
        spending.layerOf(deployment).ifPresent(layer -> add(caps, Cap.Scope.LAYER, layer.name(), layer.budget()));
        add(caps, Cap.Scope.DEPLOYMENT, deployment, spending.deployments().get(deployment));
        if (chain != null) {
            add(caps, Cap.Scope.CHAIN, chain, spending.chains().get(chain));
        }
        return List.copyOf(caps);
    }

    private static void add(List<Cap> caps, Cap.Scope scope, String name, Budget budget) {
        if (budget != null) {
            caps.addAll(Cap.of(scope, name, budget));
        }
    }

    /** All caps of the configuration, without those of client keys. */
    public List<Cap> all() {
        List<Cap> caps = new ArrayList<>();
        add(caps, Cap.Scope.TOTAL, "", spending.total());
        spending.layers().values().forEach(layer -> add(caps, Cap.Scope.LAYER, layer.name(), layer.budget()));
        spending.deployments().forEach((name, budget) -> add(caps, Cap.Scope.DEPLOYMENT, name, budget));
        spending.chains().forEach((name, budget) -> add(caps, Cap.Scope.CHAIN, name, budget));
        return caps;
    }

    /** The caps of one layer: its own, and those of its deployments. */
    public LayerCaps layer(String name) {
        Layer layer = spending.layers().get(name);
        if (layer == null) {
            throw new IllegalArgumentException("There is no layer " + name + "; there are " + spending.layers().keySet());
        }
        List<Cap> own = new ArrayList<>();
        add(own, Cap.Scope.LAYER, name, layer.budget());
        return new LayerCaps(own, layer.deployments().stream().map(deployment -> {
            List<Cap> caps = new ArrayList<>();
            add(caps, Cap.Scope.DEPLOYMENT, deployment, spending.deployments().get(deployment));
            return caps;
        }).toList());
    }

    /**
     * @param own         the layer's
     * @param deployments those of each of its deployments
     */
    public record LayerCaps(List<Cap> own, List<List<Cap>> deployments) { }

    public Optional<String> layerOf(String deployment) {
        return spending.layerOf(deployment).map(Layer::name);
    }

    /** Whose calendar the budgets go by. */
    public ZoneId zone() {
        return spending.zone();
    }
}
