package io.camelback.lint;

import io.camelback.chat.ChatRequest;
import io.camelback.classification.ComplexityScorer;
import io.camelback.classification.WeightedComplexityScorer;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.Provider;
import io.camelback.config.TaskType;
import io.camelback.config.yaml.YamlNode;
import io.camelback.routing.graph.RouteGraph;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks config/camelback.yaml for settings that are allowed but harmful. */
final class ConfigRules {
    /** In percent. */
    private static final int MOST_PREMIUM = 20;

    private static final String USUAL_FILES = "3";
    private static final String USUAL_TOKENS = "5000";

    private final CamelbackConfig config;
    private final YamlNode tree;
    private final FindingCollector report;

    ConfigRules(CamelbackConfig config, YamlNode tree, FindingCollector report) {
        this.config = config;
        this.tree = tree;
        this.report = report.in(BundleLinter.CONFIG);
    }

    void check(List<RouteSource> routes) {
        Set<String> chains = new LinkedHashSet<>();
        Set<String> embedders = new LinkedHashSet<>();
        RouteGraph<RouteSource, RouteStep> graph = new RouteGraph<>(config, routes);
        routes.stream().filter(RouteSource::isChain).forEach(chain -> {
            boolean embeds = graph.links(chain).stream()
                    .anyMatch(link ->
                            link.deployment() != null && link.deployment().embeds());
            (embeds ? embedders : chains).add(chain.begins());
        });
        config.checkTargets(chains, embedders)
                .forEach(problem -> report.error(
                        "alias",
                        problem.line(),
                        problem.path() + " " + problem.message(),
                        "Clients that use that name get 404",
                        problem.fix()));
        config.deployments().values().forEach(this::deployment);
        threshold();
        config.providers().values().forEach(this::provider);
        for (RouteSource route : routes) {
            if (route.isChain() && !chains.isEmpty() && config.deployments().containsKey(route.begins())) {
                report.in(route.file())
                        .error(
                                "name-clash",
                                route.line(),
                                "the chain " + route.begins() + " has the name of a deployment",
                                "It is ambiguous which of them answers",
                                "Rename the chain");
            }
        }
    }

    /**
     * Judged on the tasks of the file itself, each about a few files and of some length: what an agent asks all day.
     */
    private void threshold() {
        ComplexityScorer scorer = new WeightedComplexityScorer(config.routing());
        List<String> above = config.routing().tasks().values().stream()
                .filter(task -> task.depth() != null)
                .map(TaskType::name)
                .filter(task -> scorer.score(usual(task))
                                .score()
                                .compareTo(config.routing().threshold())
                        > 0)
                .toList();
        long known = config.routing().tasks().values().stream()
                .filter(task -> task.depth() != null)
                .count();
        if (above.size() * 100L > known * MOST_PREMIUM) {
            report.warning(
                    "threshold-low",
                    tree.get("routing", "threshold").line(),
                    "routing.threshold is " + config.routing().threshold() + ", and " + above.size() + " of " + known
                            + " task types usually score above it: " + String.join(", ", above),
                    "Most requests would go straight to premium",
                    "Raise it; the default is 8");
        }
    }

    private static ChatRequest usual(String task) {
        return ChatRequest.builder(CamelbackConfig.AUTO)
                .metadata("task_type", task)
                .metadata("affected_files", USUAL_FILES)
                .metadata("estimated_tokens", USUAL_TOKENS)
                .build();
    }

    private void deployment(Deployment deployment) {
        YamlNode own = tree.get("deployments", deployment.name());
        if (deployment.context() > 0 && deployment.maxOutput() >= deployment.context()) {
            report.warning(
                    "context-output",
                    own.get("max-output").line(),
                    "deployments." + deployment.name() + ".max-output leaves no room for a question in its context",
                    "Requests without max_tokens may be refused",
                    "Lower max-output, or raise context");
        }
        if (deployment.maxOutput() > 0 && deployment.mayThinkAllOf(deployment.maxOutput())) {
            report.warning(
                    "thinking-output",
                    own.get("max-output").line(),
                    "deployments." + deployment.name() + " thinks, and its max-output is " + deployment.maxOutput()
                            + " tokens",
                    "Thinking alone may take them all: the answer is empty, with finish_reason length",
                    "Raise max-output to " + Deployment.USUAL_THINKING
                            + " or more, or take thinking from capabilities");
        }
        if (deployment.price().input() == null) {
            report.warning(
                    "unpriced",
                    own.line(),
                    "deployments." + deployment.name() + " has no price",
                    "What it costs cannot be counted, capped or reported",
                    "Add price: { input: …, output: … }, in dollars per million tokens; 0 for none");
        }
        if (deployment.price().output() != null
                && deployment.price().input() != null
                && deployment.price().output() < deployment.price().input()) {
            report.warning(
                    "price-swapped",
                    own.get("price").line(),
                    "deployments." + deployment.name() + ": output is cheaper than input",
                    "No provider prices like that, so budgets would be wrong",
                    "Check whether the two are swapped");
        }
        if (deployment.breaker().cooldown().compareTo(Duration.ofSeconds(1)) < 0) {
            YamlNode said = own.get("breaker", "cooldown");
            report.warning(
                    "breaker-cooldown",
                    said.isThere()
                            ? said.line()
                            : tree.get("defaults", "breaker").line(),
                    (said.isThere() ? "deployments." + deployment.name() : "defaults")
                            + ".breaker.cooldown is under a second",
                    "A provider that is down would be called again and again",
                    "Use 10s or more");
        }
    }

    private void provider(Provider provider) {
        String url = provider.baseUrl();
        YamlNode own = tree.get("providers", provider.name());
        YamlNode key = own.get("api-key");
        if (key.isThere() && !key.textOr("").contains("{{")) {
            report.warning(
                    "key-in-file",
                    key.line(),
                    "providers." + provider.name() + ".api-key stands in the file",
                    "Anyone who reads the file, its backups or its history gets the key",
                    "Put it into an environment variable and write \"{{env:NAME}}\"");
        }
        if (own.isThere()
                && provider.apiKey() != null
                && url.startsWith("http://")
                && !url.matches(
                        "http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]|[\\w-]+(\\.(local|internal|svc|lan))?)(:\\d+)?(/.*)?")) {
            report.warning(
                    "key-in-clear",
                    own.line(),
                    "providers." + provider.name() + " sends its key without TLS",
                    "Anyone on the network path can read it",
                    "Use https://");
        }
    }
}
