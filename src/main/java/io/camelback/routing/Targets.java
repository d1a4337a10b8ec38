package io.camelback.routing;

import io.camelback.config.CamelbackConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a caller's {@code model} stands for. A chain or a deployment by its exact name comes first, then the aliases in their
 * order. Nothing else is ever used as a name upstream or as a route (FAILURES.md H05).
 */
public final class Targets {
    private final CamelbackConfig config;
    private final Set<String> chains;

    /** @param chains the ids of the routes that are chains, {@code auto} among them */
    public Targets(CamelbackConfig config, Collection<String> chains) {
        this.config = config;
        this.chains = new TreeSet<>(chains);
    }

    /** The chain or deployment that shall answer. */
    public Optional<String> resolve(String model) {
        if (isTarget(model)) {
            return Optional.of(model);
        }
        return config.aliasTarget(model).filter(this::isTarget);
    }

    private boolean isTarget(String name) {
        return chains.contains(name) || config.deployments().containsKey(name);
    }

    public boolean isChain(String name) {
        return chains.contains(name);
    }

    /** All names a caller may use: chains, deployments, and the patterns of the aliases. */
    public List<String> names() {
        List<String> names = new ArrayList<>(chains);
        names.addAll(config.deployments().keySet());
        return names;
    }
}
