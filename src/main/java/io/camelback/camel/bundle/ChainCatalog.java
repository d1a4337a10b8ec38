package io.camelback.camel.bundle;

import io.camelback.camel.chain.CallerFallbackReader;
import io.camelback.camel.chain.ChainResources;
import io.camelback.camel.chain.ChainTopology;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.yaml.ConfigException;
import io.camelback.config.yaml.ConfigProblem;
import io.camelback.routing.ModelResolver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.model.RouteDefinition;

/**
 * The chains that are loaded.
 *
 * @param topology where they lead
 * @param names of all of them
 * @param embedding the names of those that make embeddings
 */
record ChainCatalog(ChainTopology topology, Set<String> names, Set<String> embedding) {

    /**
     * @param routes those of the bundle
     * @param replaced the chains that a host has routes of its own for
     */
    static ChainCatalog of(ChainTopology topology, List<RouteDefinition> routes, Collection<String> replaced) {
        Set<String> names = routes.stream()
                .filter(route -> ChainResources.isChain(route.getResource()))
                .flatMap(route -> ChainTopology.begin(route).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        names.addAll(replaced);
        return new ChainCatalog(
                topology, names, names.stream().filter(topology::embeds).collect(Collectors.toSet()));
    }

    /** @throws ConfigException when the configuration names chains or prices that are not there */
    void check(CamelbackConfig config) {
        Set<String> chatting = new TreeSet<>(names);
        chatting.removeAll(embedding);
        List<ConfigProblem> problems = new ArrayList<>(config.checkTargets(chatting, embedding));
        problems.addAll(config.checkPrices(topology::deployments));
        if (!problems.isEmpty()) {
            throw new ConfigException(CamelbackConfig.FILE, problems);
        }
    }

    ModelResolver chatModels(CamelbackConfig config) {
        return ModelResolver.chatting(config, names, embedding);
    }

    /** Reads what callers name beside their model. */
    CallerFallbackReader callerFallbacks(CamelbackConfig config) {
        return new CallerFallbackReader(
                chatModels(config), topology::deployments, config.providers().keySet());
    }

    ModelResolver embeddingModels(CamelbackConfig config) {
        return ModelResolver.embedding(config, names, embedding);
    }
}
