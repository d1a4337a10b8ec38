package io.camelback.lint;

import io.camelback.config.yaml.YamlNode;
import io.camelback.routing.graph.GraphRoute;
import java.util.ArrayList;
import java.util.List;

/**
 * A route as written in its file.
 *
 * @param id empty when it has none
 * @param from the endpoint it begins at, without parameters
 */
record RouteSource(String file, int line, String id, String from, YamlNode body, List<RouteStep> steps)
        implements GraphRoute<RouteStep> {
    private static final String DIRECT = "direct:";

    /** The routes of a file; route templates and configurations are none. */
    static List<RouteSource> of(String file, YamlNode tree) {
        List<RouteSource> routes = new ArrayList<>();
        for (YamlNode item : tree.items()) {
            YamlNode body = item.get("route");
            YamlNode from = body.isThere() ? body.get("from") : item.get("from");
            if (from.isThere()) {
                int line = body.isThere() ? body.line() : from.line();
                routes.add(new RouteSource(
                        file,
                        line,
                        body.get("id").textOr(""),
                        from.get("uri").textOr("").split("\\?", 2)[0],
                        body.isThere() ? body : item,
                        RouteStep.of(from.get("steps"))));
            }
        }
        return routes;
    }

    /** The name by which other routes call it; empty when they cannot. */
    @Override
    public String begins() {
        return from.startsWith(DIRECT) ? from.substring(DIRECT.length()) : "";
    }

    boolean isChain() {
        return file.contains("/chains/") && !begins().isEmpty();
    }

    boolean isDoor() {
        return from.startsWith("platform-http:");
    }

    String named() {
        return "The route " + (id.isEmpty() ? from : id);
    }
}
