package io.camelback.camel.request;

import java.util.List;
import java.util.Map;

/**
 * A chain made for one request out of chains and deployments that its caller named. Each of them counts to its own
 * budgets, and is told by its own name.
 */
public final class CallerChain {
    /** The route that asks them one after the other. */
    public static final String ROUTE = "camelback-caller-chain";

    /**
     * @param route where it is asked: {@code direct:<route>}
     * @param chain the chain or deployment that the caller named
     */
    public record Segment(String route, String chain) {}

    private final List<Segment> segments;
    private final Map<String, String> chains;
    private volatile String current;

    /**
     * @param segments at least one
     * @param chains which of them each deployment belongs to; the first one that leads to it
     */
    public CallerChain(List<Segment> segments, Map<String, String> chains) {
        this.segments = List.copyOf(segments);
        this.chains = Map.copyOf(chains);
        this.current = segments.get(0).chain();
    }

    public List<Segment> segments() {
        return segments;
    }

    /** The chain or deployment that a deployment was asked for. */
    public String chainOf(String deployment) {
        return chains.getOrDefault(deployment, current);
    }

    /** The chain or deployment that is being asked. */
    public String current() {
        return current;
    }

    public void enter(String chain) {
        current = chain;
    }
}
