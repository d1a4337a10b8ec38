package io.camelback.lint;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.yaml.YamlNode;
import io.camelback.routing.graph.RouteGraph;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What Camel takes in a {@code circuitBreaker} without a word and that then does not do what it says: a breaker of its
 * own instead of the deployment's, an open breaker whose answer is the request, exceptions that vanish.
 */
final class CircuitBreakerRules {
    private static final Set<String> BREAKER_KEYS =
            Set.of("id", "description", "note", "disabled", "resilience4jConfiguration", "steps", "onFallback");
    private static final Set<String> SETTING_KEYS =
            Set.of("id", "circuitBreaker", "throwExceptionWhenHalfOpenOrOpenState");
    private static final Set<String> SWALLOWING =
            Set.of("ignoreException", "ignoreExceptions", "recordException", "recordExceptions");

    private final CamelbackConfig config;
    private final Predicate<String> doubtful;
    private final RouteGraph<RouteSource, RouteStep> graph;
    private final FindingCollector report;

    /** @param doubtful whether a deployment may be missing only because the configuration is wrong about it */
    CircuitBreakerRules(
            CamelbackConfig config,
            Predicate<String> doubtful,
            RouteGraph<RouteSource, RouteStep> graph,
            FindingCollector report) {
        this.config = config;
        this.doubtful = doubtful;
        this.graph = graph;
        this.report = report;
    }

    void check(RouteSource route) {
        steps(route, route.steps(), true, null);
    }

    /** @param breaker the one around these steps; null when there is none */
    private void steps(RouteSource route, List<RouteStep> steps, boolean sequence, RouteStep breaker) {
        RouteStep before = null;
        for (RouteStep step : steps) {
            if (step.isBreaker()) {
                breaker(step);
            } else {
                link(step, breaker);
            }
            if (sequence && before != null && before.answers() && step.answers()) {
                report.warning(
                        "answered-twice",
                        step.line(),
                        "two steps in a row that both call a model",
                        "The second runs also when the first has answered, is paid for, and its answer replaces the other",
                        "Put it into the onFallback of the circuitBreaker before it");
            }
            before = step;
            for (RouteStep.Block block : step.blocks()) {
                steps(
                        route,
                        block.steps(),
                        block.sequence(),
                        step.isBreaker() && !block.fallback() ? step : inherited(step, breaker));
            }
        }
    }

    /** What stands in a breaker's fallback is not under the breaker any more. */
    private static RouteStep inherited(RouteStep step, RouteStep breaker) {
        return step.isBreaker() ? null : breaker;
    }

    private void breaker(RouteStep step) {
        YamlNode settings = step.body().get("resilience4jConfiguration");
        String name = step.breaker();
        if (name.isEmpty()) {
            report.error(
                    "breaker-unshared",
                    step.line(),
                    "a circuitBreaker that names no deployment's breaker",
                    "It counts separately, loses its state at a reload, and ignores cooldowns and alerts",
                    "Write resilience4jConfiguration: { circuitBreaker: <the deployment> }");
        } else if (!name.startsWith("{{") && !config.deployments().containsKey(name) && !doubtful.test(name)) {
            report.error(
                    "breaker-unknown",
                    settings.line(),
                    "the breaker " + name + " belongs to no deployment",
                    "There is no such bean, so the chain fails at its first request",
                    "Name the deployment that its link asks");
        }
        boolean last = !step.body().get("onFallback").isThere();
        if (last
                && !settings.get("throwExceptionWhenHalfOpenOrOpenState")
                        .textOr("")
                        .equals("true")) {
            report.error(
                    "breaker-silent",
                    step.line(),
                    "a circuitBreaker without onFallback that does not throw when it is open",
                    "While it is open, Camel returns the request as if it were the answer",
                    "Add throwExceptionWhenHalfOpenOrOpenState: \"true\" beside circuitBreaker, or an onFallback");
        }
        for (YamlNode.Entry entry : settings.entries()) {
            setting(entry);
        }
        for (YamlNode.Entry entry : step.body().entries()) {
            if (!BREAKER_KEYS.contains(entry.key())) {
                report.error(
                        "breaker-key",
                        entry.value().line(),
                        "circuitBreaker takes no " + entry.key() + " here",
                        "Camel accepts some of these keys and ignores their values",
                        "Put the settings into config/camelback.yaml, breaker:");
            }
        }
        if (step.body().get("steps").items().isEmpty()) {
            report.error(
                    "breaker-empty",
                    step.line(),
                    "a circuitBreaker without steps",
                    "It calls no provider, and returns the request as the answer",
                    "Put its link into steps:");
        }
        if (!last && step.body().get("onFallback", "steps").items().isEmpty()) {
            report.error(
                    "breaker-empty",
                    step.body().get("onFallback").line(),
                    "an onFallback without steps",
                    "A failure would count as handled, and the request would be returned as the answer",
                    "Put the next link there, or remove onFallback");
        }
    }

    private void setting(YamlNode.Entry entry) {
        if (SWALLOWING.contains(entry.key())) {
            report.error(
                    "breaker-swallows",
                    entry.value().line(),
                    entry.key() + " in a circuitBreaker",
                    "Camel clears these exceptions and returns the request as the answer",
                    "Remove it: what counts as a failure is decided once, for all deployments");
        } else if (entry.key().equals("timeoutEnabled") || entry.key().equals("timeoutDuration")) {
            report.warning(
                    "breaker-timeout",
                    entry.value().line(),
                    entry.key() + " in a circuitBreaker",
                    "It moves the call to a small thread pool and cuts streams",
                    "Remove it, and set timeouts: of the deployment in config/camelback.yaml");
        } else if (!SETTING_KEYS.contains(entry.key())) {
            report.warning(
                    "breaker-setting",
                    entry.value().line(),
                    entry.key() + " in a circuitBreaker does nothing",
                    "The breaker is a bean whose settings come from config/camelback.yaml",
                    "Remove it, and set breaker: of the deployment");
        }
    }

    private void link(RouteStep step, RouteStep breaker) {
        String uri = step.uri();
        if (uri.startsWith("direct:")) {
            chain(step, uri.substring("direct:".length()), breaker);
        } else if (uri.startsWith("kamelet:") && uri.contains("-action")) {
            kamelet(step, uri, breaker);
        }
    }

    private void chain(RouteStep step, String name, RouteStep breaker) {
        if (!name.contains("$") && !name.contains("{{") && !graph.isKnown(name) && !doubtful.test(name)) {
            report.error(
                    "link-unknown",
                    step.line(),
                    "goes on to direct:" + name + ", where no route begins",
                    "The chain ends in an internal error there",
                    "Correct the name, or add such a chain");
        }
        if (breaker != null && graph.route(name).isPresent()) {
            report.error(
                    "breaker-around-chain",
                    step.line(),
                    "a whole chain, direct:" + name + ", inside the breaker " + breaker.breaker(),
                    "Failures of other deployments would count against this one",
                    "Put one link into steps:, and the chain into onFallback");
        }
    }

    private void kamelet(RouteStep step, String uri, RouteStep breaker) {
        int slash = uri.indexOf('/');
        String kamelet = uri.substring("kamelet:".length(), slash < 0 ? uri.length() : slash);
        String name = slash < 0 ? "" : uri.substring(slash + 1);
        if (kamelet.matches("(degraded|cached)-answer-action") || name.contains("$") || name.contains("{{")) {
            return;
        }
        Deployment deployment = config.deployments().get(name);
        if (name.isEmpty()
                || deployment == null
                        && !doubtful.test(name)
                        && kamelet.matches(".+-(chat|responses|embeddings)-action")) {
            report.error(
                    "link-unknown",
                    step.line(),
                    name.isEmpty()
                            ? uri + " names no deployment"
                            : "asks " + name + ", which config/camelback.yaml does not have",
                    "The chain cannot be loaded",
                    "Write kamelet:" + kamelet + "/<deployment>, with one that is there");
            return;
        }
        if (deployment != null && !deployment.kamelet().equals(kamelet)) {
            report.error(
                    "link-dialect",
                    step.line(),
                    "asks " + name + " by " + kamelet,
                    "Its provider does not support that API format",
                    "Write kamelet:" + deployment.kamelet() + "/" + name);
        }
        if (deployment != null && breaker == null) {
            report.error(
                    "link-unguarded",
                    step.line(),
                    name + " is asked outside of a circuitBreaker",
                    "Its failures are not counted, and there is no fallback when it fails",
                    "Put it into the steps of a circuitBreaker named " + name);
        } else if (deployment != null
                && !breaker.breaker().equals(name)
                && !breaker.breaker().startsWith("{{")
                && !breaker.breaker().isEmpty()) {
            report.error(
                    "breaker-other",
                    step.line(),
                    name + " is asked inside the breaker " + breaker.breaker(),
                    "Its failures would open another deployment's breaker",
                    "Write circuitBreaker: " + name);
        }
    }
}
