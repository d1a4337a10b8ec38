package io.camelback.routing.graph;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where routes lead. Camel's routes when they are loaded, and the YAML of routes that are only looked at, are followed
 * by the same rules.
 *
 * @param <R> the routes of one notation
 * @param <S> their steps
 */
public final class RouteGraph<R extends GraphRoute<S>, S extends GraphStep<S>> {
    private final CamelbackConfig config;
    private final Map<String, R> routes = new LinkedHashMap<>();

    /**
     * A step that answers.
     *
     * @param deployment null for a fixed answer
     * @param route the route it stands in
     */
    public record Link<R, S>(Deployment deployment, R route, S step) {}

    public RouteGraph(CamelbackConfig config, Collection<R> routes) {
        this.config = config;
        routes.stream()
                .filter(route -> !route.begins().isEmpty())
                .forEach(route -> this.routes.putIfAbsent(route.begins(), route));
    }

    /** The route that begins at {@code direct:<name>}. */
    public Optional<R> route(String name) {
        return Optional.ofNullable(routes.get(name));
    }

    /** Whether {@code direct:<name>} leads to a route, or to a deployment by its own name. */
    public boolean isKnown(String name) {
        return routes.containsKey(name) || config.deployments().containsKey(name);
    }

    /** The deployment that a step asks, by a Kamelet or by its own name; empty for all other steps. */
    public Optional<Deployment> deployment(StepTarget target) {
        boolean chain = target.isDirect() && routes.containsKey(target.name());
        return chain || target.kind() == StepTarget.Kind.NONE ? Optional.empty() : config.deployment(target.name());
    }

    /** All steps that answer a request to this route, those of the routes behind it included, in order. */
    public List<Link<R, S>> links(R route) {
        List<Link<R, S>> links = new ArrayList<>();
        follow(route, Collections.newSetFromMap(new IdentityHashMap<>()), links);
        return links;
    }

    private void follow(R route, Set<R> seen, List<Link<R, S>> links) {
        if (!seen.add(route)) {
            return;
        }
        for (S step : GraphStep.all(route.steps())) {
            StepTarget target = step.target();
            Optional<Deployment> deployment = deployment(target);
            if (target.isStaticAnswer() || deployment.isPresent()) {
                links.add(new Link<>(target.isStaticAnswer() ? null : deployment.orElse(null), route, step));
            } else if (target.isDirect()) {
                route(target.name()).ifPresent(next -> follow(next, seen, links));
            }
        }
    }

    /** The routes that lead to this one. */
    public List<R> callers(R route) {
        return routes.values().stream()
                .filter(other -> other != route && directs(other).contains(route.begins()))
                .toList();
    }

    /** The names of the routes by which a route comes back to itself, itself at both ends; empty when it does not. */
    public List<String> cycle(R route) {
        return cycle(route, List.of(route.begins()), new HashSet<>());
    }

    private List<String> cycle(R route, List<String> path, Set<String> seen) {
        for (String next : directs(route)) {
            List<String> longer = new ArrayList<>(path);
            longer.add(next);
            if (next.equals(path.get(0))) {
                return longer;
            }
            R behind = routes.get(next);
            if (behind != null && seen.add(next)) {
                List<String> found = cycle(behind, longer, seen);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static <S extends GraphStep<S>> List<String> directs(GraphRoute<S> route) {
        return GraphStep.all(route.steps()).stream()
                .map(GraphStep::target)
                .filter(StepTarget::isDirect)
                .map(StepTarget::name)
                .toList();
    }
}
