package io.camelback.camel.chain;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.telemetry.record.ActiveRevision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Follows the links of routes when they are loaded. Camel itself finds out at the first request that goes there, and a
 * chain's last link is asked for only when all before it have failed.
 */
public final class ChainTopology {
    private static final String DIRECT = "direct:";
    private static final String KAMELET = "kamelet:";
    private static final String LINK = "-(chat|responses|embeddings)-action";
    private static final String STATIC = "degraded-answer-action";

    private final CamelbackConfig config;
    private final Map<String, RouteDefinition> begins = new HashMap<>();

    /** @param routes all there are, a host's own ones included */
    public ChainTopology(CamelbackConfig config, Collection<RouteDefinition> routes) {
        this.config = config;
        routes.forEach(route -> begin(route).ifPresent(name -> begins.put(name, route)));
    }

    /** The name by which other routes call this one; empty when they cannot. */
    public static Optional<String> begin(RouteDefinition route) {
        String uri = withoutQuery(route.getInput().getEndpointUri());
        return uri.startsWith(DIRECT) ? Optional.of(uri.substring(DIRECT.length())) : Optional.empty();
    }

    private static String withoutQuery(String uri) {
        return uri.split("\\?", 2)[0];
    }

    /** @throws IllegalStateException with all that is wrong with the links of these routes, one line each */
    public void check(List<RouteDefinition> routes) {
        List<String> problems = new ArrayList<>();
        for (RouteDefinition route : routes) {
            String begin = route.getResource().getLocation() + ": The route " + route.getRouteId() + " ";
            targets(route.getOutputs())
                    .forEach(target -> problem(target).ifPresent(what -> problems.add(begin + what)));
            if (ChainResources.isChain(route.getResource())) {
                mixture(route).ifPresent(what -> problems.add(begin + what));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems));
        }
    }

    private static List<String> targets(List<ProcessorDefinition<?>> steps) {
        List<String> found = new ArrayList<>();
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof ToDefinition to) {
                found.add(withoutQuery(to.getEndpointUri()));
            }
            found.addAll(targets(step.getOutputs()));
            if (step instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
                found.addAll(targets(breaker.getOnFallback().getOutputs()));
            }
        }
        return found;
    }

    private Optional<String> problem(String target) {
        if (target.startsWith(DIRECT)) {
            String name = target.substring(DIRECT.length());
            boolean known = begins.containsKey(name) || config.deployments().containsKey(name);
            return known
                    ? Optional.empty()
                    : Optional.of("goes on to " + target
                            + ", but no route begins there. Correct the name, or add such a chain.");
        }
        String[] kamelet =
                target.startsWith(KAMELET) ? target.substring(KAMELET.length()).split("/", 2) : new String[0];
        return kamelet.length == 2 && kamelet[0].matches(".+" + LINK)
                ? deployment(kamelet[0], kamelet[1])
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
                        + ". Write " + KAMELET + right + "/" + name + ".");
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
        Set<String> reached = begin(chain).map(this::reached).orElse(Set.of());
        List<Deployment> deployments = deployments(reached);
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
        } else if (!models.isEmpty() && reached.contains(KAMELET + STATIC)) {
            what = "makes embeddings, of which " + STATIC + " has none to give. Let it end in an error.";
        }
        return Optional.ofNullable(what);
    }

    /** What a chain asks in its own file, in order. */
    public List<ActiveRevision.Link> links(String chain) {
        List<ActiveRevision.Link> links = new ArrayList<>();
        for (String target : targets(begins.get(chain).getOutputs())) {
            Deployment deployment = deployment(target);
            if (deployment != null) {
                links.add(new ActiveRevision.Link(ActiveRevision.Kind.DEPLOYMENT, deployment.name()));
            } else if (target.startsWith(DIRECT)) {
                links.add(new ActiveRevision.Link(ActiveRevision.Kind.CHAIN, target.substring(DIRECT.length())));
            } else if (target.startsWith(KAMELET + STATIC)) {
                links.add(new ActiveRevision.Link(ActiveRevision.Kind.STATIC, STATIC));
            }
        }
        return links;
    }

    /** What a chain, or a deployment by its own name, may come to, in the order in which it is asked. */
    public List<Deployment> deployments(String chain) {
        return deployments(reached(chain));
    }

    /** Whom a chain asks itself, before it goes on to another one, in order. */
    public List<Deployment> own(String chain) {
        RouteDefinition route = begins.get(chain);
        return route == null ? List.of() : deployments(new LinkedHashSet<>(targets(route.getOutputs())));
    }

    /** The Kamelets that a chain may come to. */
    private Set<String> reached(String chain) {
        Set<String> seen = new LinkedHashSet<>();
        follow(DIRECT + chain, seen);
        return seen;
    }

    private void follow(String target, Set<String> seen) {
        RouteDefinition next = target.startsWith(DIRECT) ? begins.get(target.substring(DIRECT.length())) : null;
        if (seen.add(target) && next != null) {
            targets(next.getOutputs()).forEach(behind -> follow(behind, seen));
        }
    }

    private List<Deployment> deployments(Set<String> reached) {
        return reached.stream().map(this::deployment).filter(Objects::nonNull).toList();
    }

    /** Who is asked, by a Kamelet or by its own name; null for a chain and for a Kamelet without a deployment. */
    private Deployment deployment(String target) {
        String name = target.startsWith(DIRECT)
                ? target.substring(DIRECT.length())
                : target.substring(target.indexOf('/') + 1);
        boolean chain = target.startsWith(DIRECT) && begins.containsKey(name);
        return chain || !target.startsWith(DIRECT) && !target.startsWith(KAMELET)
                ? null
                : config.deployments().get(name);
    }

    /** Without the vendor, which houses of many models put before a slash. */
    private static String bare(String model) {
        return model.substring(model.lastIndexOf('/') + 1);
    }
}
