package io.camelback.lint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks routes for conflicts, endpoints without an API format, and files that are never loaded. */
final class RouteRules {
    private final FindingCollector report;
    private final Map<String, RouteSource> ids = new HashMap<>();
    private final Map<String, RouteSource> starts = new HashMap<>();

    RouteRules(FindingCollector report) {
        this.report = report;
    }

    void check(RouteSource route) {
        FindingCollector here = report.in(route.file());
        RouteSource sameId = route.id().isEmpty() ? null : ids.putIfAbsent(route.id(), route);
        if (sameId != null) {
            here.error(
                    "route-twice",
                    route.line(),
                    "the id " + route.id() + " is taken by " + sameId.file() + ":" + sameId.line(),
                    "Only one route can have it",
                    "Give this one another id");
        }
        RouteSource sameStart =
                route.from().isEmpty() || route.isDoor() ? null : starts.putIfAbsent(route.from(), route);
        if (sameStart != null) {
            here.error(
                    "route-twice",
                    route.line(),
                    route.from() + " is where " + sameStart.file() + ":" + sameStart.line() + " begins, too",
                    "Only one route can begin there",
                    "Give one of them another name");
        }
        if (route.from().isEmpty()) {
            here.error(
                    "route-nowhere",
                    route.line(),
                    route.named() + "has no from: with a uri",
                    "It is never asked",
                    "Write from: with uri: direct:<chain>");
        }
        if (route.isChain() && !route.id().isEmpty() && !route.id().equals(route.begins())) {
            here.warning(
                    "chain-name",
                    route.line(),
                    "the chain " + route.begins() + " has the id " + route.id(),
                    "Callers and logs use the first, metrics the second",
                    "Give it the id " + route.begins());
        }
        if (route.file().contains("/chains/")
                && route.begins().isEmpty()
                && !route.from().isEmpty()) {
            here.warning(
                    "chain-start",
                    route.line(),
                    route.named() + " begins at " + route.from(),
                    "Callers reach chains by direct:<name> only",
                    "Begin it at direct:<name>, or move it out of chains/");
        }
        if (route.isDoor()) {
            endpoint(here, route);
        }
    }

    private static void endpoint(FindingCollector here, RouteSource route) {
        List<RouteStep> steps = route.steps();
        boolean reads = steps.stream()
                .anyMatch(step -> step.name().equals("process")
                        && step.body().get("ref").textOr("").startsWith("camelback-request"));
        if (!reads) {
            return;
        }
        if (!route.body().get("routeConfigurationId").textOr("").equals("endpoint")) {
            here.error(
                    "endpoint-errors",
                    route.line(),
                    route.named() + " lacks routeConfigurationId: endpoint",
                    "Clients would get Camel's errors, not errors in their API format",
                    "Add it beside id:");
        }
        if (!route.body().get("streamCache").textOr("").equals("false")) {
            here.error(
                    "endpoint-stream",
                    route.line(),
                    route.named() + " lacks streamCache: \"false\"",
                    "Camel would read a whole request, and a whole stream, before it goes on",
                    "Add it beside id:");
        }
        boolean answers = !steps.isEmpty()
                && steps.get(steps.size() - 1).name().equals("process")
                && steps.get(steps.size() - 1).body().get("ref").textOr("").equals("camelback-response");
        if (!answers) {
            here.error(
                    "endpoint-reply",
                    route.line(),
                    route.named() + " does not end in camelback-response",
                    "Clients would get Java's text of an answer",
                    "End it with process: { ref: camelback-response }");
        }
    }

    /** A file in routes/ that the gateway passes over. */
    void file(String file) {
        if (file.startsWith("routes/") && file.matches(".*\\.(ya?ml|xml|java)") && !file.endsWith(".camel.yaml")) {
            report.in(file)
                    .warning(
                            "file-ignored",
                            0,
                            "this file is not loaded",
                            "Route files end in .camel.yaml",
                            "Rename it to "
                                    + file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.[a-z]+$", "")
                                    + ".camel.yaml");
        }
        if (file.startsWith("kamelets/") && file.matches(".*\\.ya?ml") && !file.endsWith(".kamelet.yaml")) {
            report.in(file)
                    .warning(
                            "file-ignored",
                            0,
                            "this file is not loaded",
                            "Kamelets' files end in .kamelet.yaml",
                            "Rename it");
        }
    }
}
