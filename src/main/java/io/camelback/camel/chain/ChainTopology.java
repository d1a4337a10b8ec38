package io.camelback.camel.chain;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.routing.graph.GraphStep;
import io.camelback.routing.graph.RouteGraph;
import io.camelback.routing.graph.StepTarget;
import io.camelback.telemetry.record.ActiveRevision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.model.RouteDefinition;

/**
 * Follows the links of routes when they are loaded. Camel itself finds out at the first request that goes there, and a
 * chain's last link is asked for only when all before it have failed.
 */
public final class ChainTopology {
    private static final String LINK = "-(chat|responses|embeddings)-action";

    private final CamelbackConfig config;
    private final RouteGraph<CamelRoute, CamelStep> graph;

    /** @param routes all there are, a host's own ones included */
    public ChainTopology(CamelbackConfig config, Collection<RouteDefinition> routes) {
        this.config = config;
        this.graph =
                new RouteGraph<>(config, routes.stream().map(CamelRoute::new).toList());
    }

    /** The name by which other routes call this one; empty when they cannot. */
    public static Optional<String> begin(RouteDefinition route) {
        return Optional.of(new CamelRoute(route).begins()).filter(name -> !name.isEmpty());
    }

    /** Where all routes lead. */
    RouteGraph<CamelRoute, CamelStep> graph() {
        return graph;
    }

    /** @throws IllegalStateException with all that is wrong with the links of these routes, one line each */
    public void check(List<RouteDefinition> routes) {
        List<String> problems = new ArrayList<>();
        for (RouteDefinition route : routes) {
            String begin = route.getResource().getLocation() + ": The route " + route.getRouteId() + " ";
            targets(new CamelRoute(route))
                    .forEach(target -> problem(target).ifPresent(what -> problems.add(begin + what)));
            if (ChainResources.isChain(route.getResource())) {
                mixture(route).ifPresent(what -> problems.add(begin + what));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems));
        }
    }

    private static List<StepTarget> targets(CamelRoute route) {
        return GraphStep.all(route.steps()).stream().map(CamelStep::target).toList();
    }

    private Optional<String> problem(StepTarget target) {
        if (target.isDirect()) {
            return graph.isKnown(target.name())
                    ? Optional.empty()
                    : Optional.of("goes on to " + StepTarget.DIRECT + target.name()
                            + ", but no route begins there. Correct the name, or add such a chain.");
        }
        return !target.name().isEmpty() && target.kamelet().matches(".+" + LINK)
                ? deployment(target.kamelet(), target.name())
                : Optional.empty();
    }

    private Optional<String> deployment(String kamelet, String name) {
        Optional<Deployment> deployment = config.deployment(name);
        if (deployment.isEmpty()) {
            return Optional.of("asks " + name + ", which " + CamelbackConfig.FILE + " does not have."
                    + " Add it there, or correct the name.");
        }
        String right = deployment.get().kamelet();
        return right.equals(kamelet)
                ? Optional.empty()
                : Optional.of("asks " + name + " by " + kamelet + ", but its provider is " + "spoken to by " + right
                        + ". Write " + StepTarget.KAMELET + right + "/" + name + ".");
    }

    /** Whether a chain makes embeddings: one of its links does, or of the chains behind it. */
    public boolean embeds(String chain) {
        return deployments(chain).stream().anyMatch(Deployment::embeds);
    }

    /**
     * What a chain of embeddings must not have among its links, however far behind it: a model that chats, a fixed
     * text, or vectors of two models, which do not compare.
     */
    private Optional<String> mixture(RouteDefinition chain) {
        List<RouteGraph.Link<CamelRoute, CamelStep>> links = graph.links(new CamelRoute(chain));
        List<Deployment> deployments = deployments(links);
        Map<String, String> models = new LinkedHashMap<>();
        deployments.stream()
                .filter(Deployment::embeds)
                .forEach(one -> models.putIfAbsent(bare(one.model()), one.name()));
        Optional<Deployment> chatting =
                deployments.stream().filter(one -> !one.embeds()).findFirst();
        String what = null;
        if (!models.isEmpty() && chatting.isPresent()) {
            what = "asks both " + models.values().iterator().next() + ", which makes embeddings, and "
                    + chatting.get().name() + ", which chats. Make two chains of it.";
        } else if (models.size() > 1) {
            what = "mixes embeddings of "
                    + models.entrySet().stream()
                            .map(model -> model.getKey() + " (" + model.getValue() + ")")
                            .collect(Collectors.joining(" and "))
                    + ", and vectors of different models do not compare."
                    + " Keep one model; other providers may have it, too.";
        } else if (!models.isEmpty() && links.stream().anyMatch(link -> link.deployment() == null)) {
            what = "makes embeddings, of which " + StepTarget.STATIC_ANSWER
                    + " has none to give. Let it end in an error.";
        }
        return Optional.ofNullable(what);
    }

    /** What a chain asks in its own file, in order. */
    public List<ActiveRevision.Link> links(String chain) {
        List<ActiveRevision.Link> links = new ArrayList<>();
        for (StepTarget target : targets(graph.route(chain).orElseThrow())) {
            Optional<Deployment> deployment = graph.deployment(target);
            if (deployment.isPresent()) {
                links.add(new ActiveRevision.Link(
                        ActiveRevision.Kind.DEPLOYMENT, deployment.get().name()));
            } else if (target.isDirect()) {
                links.add(new ActiveRevision.Link(ActiveRevision.Kind.CHAIN, target.name()));
            } else if (target.isStaticAnswer()) {
                links.add(new ActiveRevision.Link(ActiveRevision.Kind.STATIC, StepTarget.STATIC_ANSWER));
            }
        }
        return links;
    }

    /** What a chain, or a deployment by its own name, may come to, in the order in which it is asked. */
    public List<Deployment> deployments(String name) {
        return graph.route(name)
                .map(route -> deployments(graph.links(route)))
                .orElseGet(() -> config.deployment(name).stream().toList());
    }

    /** The deployments that a chain asks itself, before it goes on to another chain, in order. */
    public List<Deployment> own(String chain) {
        return graph.route(chain).stream()
                .flatMap(route -> targets(route).stream())
                .flatMap(target -> graph.deployment(target).stream())
                .distinct()
                .toList();
    }

    private static List<Deployment> deployments(List<RouteGraph.Link<CamelRoute, CamelStep>> links) {
        return links.stream()
                .map(RouteGraph.Link::deployment)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Without the vendor, which houses of many models put before a slash. */
    private static String bare(String model) {
        return model.substring(model.lastIndexOf('/') + 1);
    }
}
