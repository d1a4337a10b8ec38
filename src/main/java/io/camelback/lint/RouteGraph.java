package io.camelback.lint;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The links of each route in the order in which they are tried, those of the chains behind it included. */
final class RouteGraph {
    private final CamelbackConfig config;
    private final Map<String, RouteSource> begins = new LinkedHashMap<>();

    /**
     * A step that answers.
     *
     * @param deployment null for a fixed answer
     * @param route the route it stands in
     */
    record Link(Deployment deployment, RouteSource route, int line) {}

    RouteGraph(CamelbackConfig config, List<RouteSource> routes) {
        this.config = config;
        routes.stream()
                .filter(route -> !route.begins().isEmpty())
                .forEach(route -> begins.putIfAbsent(route.begins(), route));
    }

    boolean known(String direct) {
        return begins.containsKey(direct) || config.deployments().containsKey(direct);
    }

    RouteSource route(String direct) {
        return begins.get(direct);
    }

    /** All links that a request to this route can come to. */
    List<Link> of(RouteSource route) {
        List<Link> links = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        follow(route, seen, links);
        return links;
    }

    private void follow(RouteSource route, Set<String> seen, List<Link> links) {
        if (seen.add(route.from())) {
            walk(route, route.steps(), seen, links);
        }
    }

    private void walk(RouteSource route, List<RouteStep> steps, Set<String> seen, List<Link> links) {
        for (RouteStep step : steps) {
            String uri = step.uri();
            if (uri.startsWith("direct:")) {
                direct(route, step, uri.substring("direct:".length()), seen, links);
            } else if (uri.startsWith("kamelet:degraded-answer-action")) {
                links.add(new Link(null, route, step.line()));
            } else if (uri.startsWith("kamelet:")) {
                add(route, step, uri.substring(uri.indexOf('/') + 1), links);
            }
            step.blocks().forEach(block -> walk(route, block.steps(), seen, links));
        }
    }

    private void direct(RouteSource route, RouteStep step, String name, Set<String> seen, List<Link> links) {
        RouteSource next = begins.get(name);
        if (next != null) {
            follow(next, seen, links);
        } else {
            add(route, step, name, links);
        }
    }

    private void add(RouteSource route, RouteStep step, String name, List<Link> links) {
        Deployment deployment = config.deployments().get(name);
        if (deployment != null) {
            links.add(new Link(deployment, route, step.line()));
        }
    }

    /** The routes that lead to this one. */
    List<RouteSource> callers(RouteSource route) {
        return begins.values().stream()
                .filter(other -> other != route && directs(other.steps()).contains(route.begins()))
                .toList();
    }

    /** The names of the routes by which a route comes back to itself, itself at both ends; empty when it does not. */
    List<String> cycle(RouteSource route) {
        return cycle(route, List.of(route.begins()), new LinkedHashSet<>());
    }

    private List<String> cycle(RouteSource route, List<String> path, Set<String> seen) {
        for (String next : directs(route.steps())) {
            List<String> longer = new ArrayList<>(path);
            longer.add(next);
            if (next.equals(path.get(0))) {
                return longer;
            }
            RouteSource behind = begins.get(next);
            if (behind != null && seen.add(next)) {
                List<String> found = cycle(behind, longer, seen);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static List<String> directs(List<RouteStep> steps) {
        List<String> found = new ArrayList<>();
        for (RouteStep step : steps) {
            if (step.uri().startsWith("direct:")) {
                found.add(step.uri().substring("direct:".length()));
            }
            step.blocks().forEach(block -> found.addAll(directs(block.steps())));
        }
        return found;
    }
}
