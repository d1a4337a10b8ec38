package io.camelback.lint;

import io.camelback.config.yaml.YamlNode;
import io.camelback.routing.graph.GraphStep;
import io.camelback.routing.graph.StepTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One step of a route, such as {@code to} or {@code circuitBreaker}.
 *
 * @param name the EIP's name in Camel's YAML
 * @param body what stands behind it
 * @param line of the name
 */
record RouteStep(String name, YamlNode body, int line) implements GraphStep<RouteStep> {
    /** Steps in which others stand as {@code when:} or {@code doCatch:} lists. */
    private static final List<String> BRANCHES = List.of("when", "doCatch");

    private static final List<String> SINGLES = List.of("otherwise", "doFinally", "onFallback");
    /** EIPs below which the steps are not done one after the other, but one of them, or all at once. */
    private static final Set<String> SIDE_BY_SIDE = Set.of("loadBalance", "multicast");

    static List<RouteStep> of(YamlNode list) {
        List<RouteStep> steps = new ArrayList<>();
        for (YamlNode item : list.items()) {
            item.entries()
                    .forEach(entry -> steps.add(new RouteStep(
                            entry.key(), entry.value(), entry.value().line())));
        }
        return steps;
    }

    /** A list of steps below this one. */
    record Block(List<RouteStep> steps, boolean sequence, boolean fallback) {}

    /** What stands below, in the order in which it is done. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        if (body.get("steps").isThere()) {
            blocks.add(new Block(of(body.get("steps")), !SIDE_BY_SIDE.contains(name), false));
        }
        for (String branch : BRANCHES) {
            body.get(branch).items().forEach(one -> blocks.add(new Block(of(one.get("steps")), true, false)));
        }
        for (String single : SINGLES) {
            if (body.get(single).isThere()) {
                blocks.add(new Block(of(body.get(single, "steps")), true, single.equals("onFallback")));
            }
        }
        return blocks;
    }

    @Override
    public StepTarget target() {
        return StepTarget.of(uri());
    }

    @Override
    public List<List<RouteStep>> below() {
        return blocks().stream().map(Block::steps).toList();
    }

    boolean isBreaker() {
        return name.equals("circuitBreaker");
    }

    /** The name of the breaker's bean; empty when it has none. */
    String breaker() {
        return body.get("resilience4jConfiguration", "circuitBreaker").textOr("");
    }

    /** Where a step goes to, without parameters; empty for any other step. */
    String uri() {
        if (name.equals("kamelet")) {
            return "kamelet:" + body.text().or(() -> body.get("name").text()).orElse("");
        }
        if (!name.equals("to") && !name.equals("toD")) {
            return "";
        }
        return body.text().or(() -> body.get("uri").text()).orElse("").split("\\?", 2)[0];
    }

    /** Whether this asks a provider, another route, or gives an answer itself. */
    boolean answers() {
        // Who has no answer from before says nothing, so that what follows can speak.
        return !uri().startsWith("kamelet:cached-answer-action")
                && (isBreaker() || uri().startsWith("direct:") || uri().matches("kamelet:.*-action(/.*)?"));
    }
}
