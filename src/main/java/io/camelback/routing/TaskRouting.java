package io.camelback.routing;

import io.camelback.classification.TaskClassifier;
import io.camelback.config.Deployment;
import io.camelback.config.RoutingSettings;
import io.camelback.config.TaskType;
import io.camelback.pricing.ModelPrice;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Maps a task type to a chain: the one its rule names, else the cheapest of those the rules name in which a deployment
 * is for it by its {@code use-for}.
 */
public final class TaskRouting {
    private final Map<String, TaskType> rules;
    private final Map<String, Set<String>> uses = new LinkedHashMap<>();

    /** @param links the deployments that a chain asks itself, before it goes on to another chain, in order */
    public TaskRouting(RoutingSettings routing, Function<String, List<Deployment>> links) {
        this.rules = routing.tasks();
        rules.values().stream()
                .map(TaskType::chain)
                .filter(Objects::nonNull)
                .distinct()
                .sorted(Comparator.comparingLong(chain -> price(links.apply(chain))))
                .forEach(chain -> uses.put(chain, uses(links.apply(chain))));
    }

    /** What its first link costs; chains without a price come last. */
    private static long price(List<Deployment> links) {
        ModelPrice price = links.isEmpty() ? ModelPrice.UNKNOWN : links.get(0).price();
        return price.input() == null || price.output() == null ? Long.MAX_VALUE : price.input() + price.output();
    }

    private static Set<String> uses(List<Deployment> links) {
        Set<String> uses = new HashSet<>();
        links.forEach(link -> link.useFor().forEach(use -> uses.add(TaskClassifier.plain(use))));
        return uses;
    }

    /** All chains that the rules name, the cheapest first. */
    public Collection<String> all() {
        return uses.keySet();
    }

    /** @param task null when it is not known */
    public Optional<String> suggestedChain(String task) {
        if (task == null) {
            return Optional.empty();
        }
        TaskType rule = rules.get(task);
        if (rule != null && rule.chain() != null) {
            return Optional.of(rule.chain());
        }
        return uses.entrySet().stream()
                .filter(chain -> chain.getValue().contains(task)
                        || rule != null
                                && rule.also().stream()
                                        .map(TaskClassifier::plain)
                                        .anyMatch(chain.getValue()::contains))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
