package io.camelback.lint;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.config.reader.PartialConfig;
import io.camelback.config.reader.PriceListReader;
import io.camelback.config.yaml.ConfigException;
import io.camelback.config.yaml.ConfigProblem;
import io.camelback.config.yaml.YamlNode;
import io.camelback.pricing.PriceList;
import io.camelback.routing.graph.RouteGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Static checks of a bundle before it serves traffic. */
public final class BundleLinter {
    static final String CONFIG = "config/camelback.yaml";

    private BundleLinter() {}

    /**
     * Checks a bundle.
     *
     * @param files the texts by their names below the home folder, with {@code /} between folders:
     *     {@code config/camelback.yaml}, everything in {@code routes/} and {@code kamelets/}
     * @param env the environment; gives null for a variable that is not set
     * @return what was found, by file and line; empty when all is well
     */
    public static List<LintFinding> lint(Map<String, String> files, Function<String, String> env) {
        FindingCollector report = new FindingCollector(CONFIG);
        Map<String, YamlNode> trees = new TreeMap<>();
        files.forEach((file, text) -> parse(file, text, report, trees));
        List<RouteSource> routes = new ArrayList<>();
        RouteRules routeRules = new RouteRules(report);
        files.keySet().forEach(routeRules::file);
        trees.forEach((file, tree) -> {
            if (file.endsWith(".camel.yaml")) {
                routes.addAll(RouteSource.of(file, tree));
            } else if (file.endsWith(".kamelet.yaml")) {
                KameletRules.check(file, tree, report);
            }
        });
        routes.forEach(routeRules::check);
        readConfig(files.get(CONFIG), files.get(PriceList.FILE), env, report)
                .ifPresent(read -> checkAgainst(read, trees.get(CONFIG), routes, report));
        return report.findings();
    }

    /**
     * What is wrong with the configuration hides nothing that is wrong with the routes: only what it may explain is
     * left out.
     */
    private static void checkAgainst(
            PartialConfig read, YamlNode tree, List<RouteSource> routes, FindingCollector report) {
        CamelbackConfig config = read.config().orElseThrow();
        boolean whole = read.problems().isEmpty();
        RouteGraph<RouteSource, RouteStep> graph = new RouteGraph<>(config, routes);
        for (RouteSource route : routes) {
            new CircuitBreakerRules(config, read::doubtful, graph, report.in(route.file())).check(route);
            if (route.isChain()) {
                ChainRules rules = new ChainRules(config, graph, report.in(route.file()));
                if (whole) {
                    rules.check(route);
                } else {
                    rules.endless(route);
                }
            }
        }
        if (whole) {
            new ConfigRules(config, tree, report).check(routes);
        }
    }

    private static void parse(String file, String text, FindingCollector report, Map<String, YamlNode> trees) {
        if (!file.matches(".*\\.(camel|kamelet)\\.yaml") && !file.equals(CONFIG)) {
            return;
        }
        try {
            trees.put(file, YamlNode.parse(text));
        } catch (YamlEngineException e) {
            if (!file.equals(CONFIG)) {
                int line = e instanceof MarkedYamlEngineException marked
                        ? marked.getProblemMark()
                                .map(mark -> mark.getLine() + 1)
                                .orElse(0)
                        : 0;
                report.in(file)
                        .error(
                                "yaml",
                                line,
                                "this is not valid YAML",
                                "The file cannot be loaded, and the whole edit is rejected",
                                "Check indentation, colons, quotes and brackets in this line and the one above");
            }
        }
    }

    /** Empty when nothing of it can be read. What is wrong stands in the report then. */
    private static Optional<PartialConfig> readConfig(
            String yaml, String prices, Function<String, String> env, FindingCollector report) {
        if (yaml == null) {
            report.error("config", 0, "this file is missing", "There is no deployment to ask", "Restore it");
            return Optional.empty();
        }
        PriceList list = PriceList.NONE;
        try {
            list = PriceListReader.read(prices, env);
        } catch (ConfigException e) {
            e.problems().forEach(problem -> add(problem, report.in(PriceList.FILE)));
        }
        PartialConfig read = CamelbackConfigReader.readPartial(yaml, list, env);
        read.problems().forEach(problem -> add(problem, report));
        return read.config().map(config -> read);
    }

    private static void add(ConfigProblem problem, FindingCollector report) {
        report.error(
                "config",
                problem.line(),
                (problem.path().isEmpty() ? "" : problem.path() + " ") + problem.message(),
                "The gateway does not start with this",
                problem.fix());
    }
}
