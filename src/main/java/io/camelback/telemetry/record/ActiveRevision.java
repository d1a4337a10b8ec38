package io.camelback.telemetry.record;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The revision in service: the configuration, and the chains as their files define them.
 *
 * @param version counted from 1, one more with every edit that is taken
 * @param chains by name: what each asks in its own file, in order
 * @param warnings what the operator should know, such as keys that are not set
 */
public record ActiveRevision(
        int version, CamelbackConfig config, Map<String, List<Link>> chains, List<String> warnings) {

    public ActiveRevision {
        Map<String, List<Link>> copy = new LinkedHashMap<>();
        chains.forEach((name, links) -> copy.put(name, List.copyOf(links)));
        chains = Collections.unmodifiableMap(copy);
        warnings = List.copyOf(warnings);
    }

    /** Who may answer for a chain only because another one stands behind it, further chains included. */
    public Set<String> reachedBehind(String chain, String next) {
        Set<String> reached = new LinkedHashSet<>();
        follow(next, reached, new HashSet<>(Set.of(chain)));
        chains.getOrDefault(chain, List.of()).stream()
                .filter(link -> link.kind() == Kind.DEPLOYMENT)
                .map(Link::name)
                .forEach(reached::remove);
        return reached;
    }

    /** All that a chain may come to, further chains included. */
    public List<Deployment> deployments(String chain) {
        Set<String> reached = new LinkedHashSet<>();
        follow(chain, reached, new HashSet<>());
        return reached.stream()
                .map(config.deployments()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private void follow(String chain, Set<String> reached, Set<String> seen) {
        if (!seen.add(chain)) {
            return;
        }
        if (!chains.containsKey(chain)) {
            reached.add(chain);
        }
        for (Link link : chains.getOrDefault(chain, List.of())) {
            switch (link.kind()) {
                case DEPLOYMENT -> reached.add(link.name());
                case STATIC -> reached.add("static");
                case CHAIN -> follow(link.name(), reached, seen);
                default -> throw new IllegalStateException();
            }
        }
    }

    /** A step of a chain. @param name of the deployment or chain; of the Kamelet for an answer that no model makes */
    public record Link(Kind kind, String name) {}

    /** What a step leads to. */
    public enum Kind {
        DEPLOYMENT,
        CHAIN,
        STATIC
    }
}
