package io.camelback.lint;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.routing.graph.RouteGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks chains for missing fallbacks, dependence on one provider, and links that are never reached. */
final class ChainRules {
    /** A dollar per million tokens: more than any model of a free tier costs beyond it. */
    private static final long FREE_TIER_PRICE = 1_000_000;
    /** The share of the first model's context that somebody behind it should have, too. */
    private static final int CONTEXT_SHARE = 4;

    private static final int LOCAL = 3;
    /**
     * How long Claude Code waits for a piece of a stream.
     *
     * @see <a href="https://github.com/tale-project/tale/issues/3387">a request that is sent again while the first one
     *     is still being answered</a>
     */
    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(300);

    private final CamelbackConfig config;
    private final RouteGraph<RouteSource, RouteStep> graph;
    private final FindingCollector report;

    ChainRules(CamelbackConfig config, RouteGraph<RouteSource, RouteStep> graph, FindingCollector report) {
        this.config = config;
        this.graph = graph;
        this.report = report;
    }

    void check(RouteSource chain) {
        if (!endless(chain)) {
            links(chain);
        }
    }

    /** Reports a chain that comes back to itself. */
    boolean endless(RouteSource chain) {
        List<String> cycle = graph.cycle(chain);
        if (!cycle.isEmpty()) {
            report.error(
                    "chain-cycle",
                    chain.line(),
                    chain.named() + " refers back to itself: " + String.join(" -> ", cycle),
                    "A request for which all links fail would loop until the stack overflows",
                    "Let the last of them end in a link or a degraded answer");
        }
        return !cycle.isEmpty();
    }

    private void links(RouteSource chain) {
        List<RouteGraph.Link<RouteSource, RouteStep>> all = graph.links(chain);
        List<Deployment> deployments = all.stream()
                .map(RouteGraph.Link::deployment)
                .filter(one -> one != null)
                .toList();
        if (deployments.isEmpty()) {
            report.warning(
                    "chain-empty",
                    chain.line(),
                    chain.named() + " calls no model",
                    "It can only give fixed answers",
                    "Add a link, or remove the route");
            return;
        }
        reach(chain, all);
        keys(chain, deployments);
        escalation(chain, all, deployments);
        promises(chain, deployments);
        deadline(chain, deployments);
        free(chain);
    }

    private void reach(RouteSource chain, List<RouteGraph.Link<RouteSource, RouteStep>> all) {
        Set<String> asked = new LinkedHashSet<>();
        boolean ended = false;
        for (RouteGraph.Link<RouteSource, RouteStep> link : all) {
            boolean ours = link.route().equals(chain);
            if (ended && ours) {
                report.error(
                        "link-unreached",
                        link.step().line(),
                        "a link behind a degraded answer",
                        "The fixed text always answers, so this one is never asked",
                        "Move the degraded answer to the end");
            }
            ended |= link.deployment() == null;
            if (link.deployment() != null && !asked.add(link.deployment().name()) && ours) {
                report.warning(
                        "link-repeated",
                        link.step().line(),
                        link.deployment().name() + " stands in " + chain.begins() + " twice",
                        "The second time it fails for the same reason, and costs the caller time",
                        "Use another deployment here");
            }
        }
    }

    private void keys(RouteSource chain, List<Deployment> deployments) {
        boolean toldAbove = graph.callers(chain).stream().anyMatch(caller -> caller.isChain() && keyless(caller));
        if (keyless(chain) && !toldAbove) {
            String variables = deployments.stream()
                    .map(one -> one.provider().keyVariable())
                    .distinct()
                    .collect(Collectors.joining(" or "));
            report.warning(
                    "chain-keyless",
                    chain.line(),
                    chain.named() + " has no link with a key",
                    "It answers with an error, or a fixed text",
                    "Set " + variables);
        }
    }

    private boolean keyless(RouteSource chain) {
        return graph.links(chain).stream()
                .noneMatch(
                        link -> link.deployment() != null && link.deployment().usable());
    }

    private void escalation(
            RouteSource chain, List<RouteGraph.Link<RouteSource, RouteStep>> all, List<Deployment> deployments) {
        boolean fallsBackToText = all.stream().anyMatch(link -> link.deployment() == null);
        if (deployments.size() == 1 && !fallsBackToText) {
            report.warning(
                    "no-escalation",
                    chain.line(),
                    chain.named() + " asks " + deployments.get(0).name() + " and no other provider",
                    "When it is rate-limited or down, every request fails",
                    "Add an onFallback with another provider, or direct:<chain>");
            return;
        }
        Set<String> providers =
                deployments.stream().map(one -> one.provider().name()).collect(Collectors.toSet());
        boolean local = deployments.stream().allMatch(one -> one.tier() == LOCAL);
        if (providers.size() == 1 && deployments.size() > 1 && !local) {
            report.warning(
                    "one-provider",
                    chain.line(),
                    "all links of " + chain.begins() + " are at "
                            + providers.iterator().next(),
                    "When that provider is down, or its key is refused, all fail together",
                    "Mix providers");
        }
    }

    /** What the caller waits for when every link but the last is silent. */
    private void deadline(RouteSource chain, List<Deployment> deployments) {
        Duration silent =
                deployments.stream().map(one -> one.timeouts().firstToken()).reduce(Duration.ZERO, Duration::plus);
        Duration deadline = config.deadline(chain.begins());
        Duration once = deployments.stream()
                .distinct()
                .map(one -> one.timeouts().firstToken())
                .reduce(Duration.ZERO, Duration::plus);
        Duration wait = once.compareTo(deadline) < 0 ? once : deadline;
        if (wait.compareTo(CLIENT_PATIENCE) > 0) {
            report.warning(
                    "client-timeout",
                    chain.line(),
                    "the links of " + chain.begins() + " may take " + wait.toSeconds()
                            + " s in all before a first token",
                    "Clients such as Claude Code give up after " + CLIENT_PATIENCE.toSeconds()
                            + " s without one and send the request again",
                    "Shorten first-token of its deployments, or the chain");
        }
        if (silent.compareTo(deadline) > 0) {
            int said = config.chain(chain.begins()).line();
            FindingCollector here = said > 0 ? report.in(BundleLinter.CONFIG) : report;
            here.warning(
                    "deadline-tight",
                    said > 0 ? said : chain.line(),
                    "the links of " + chain.begins() + " may take " + silent.toSeconds()
                            + " s in all before a first token, and its deadline is " + deadline.toSeconds() + " s",
                    "When all of them are silent, the last ones get no more than their reserve",
                    "Raise chains." + chain.begins() + ".deadline in " + BundleLinter.CONFIG
                            + ", or shorten first-token or the chain");
        }
    }

    /** Who asks the first link for something must find it further down, too. */
    private void promises(RouteSource chain, List<Deployment> deployments) {
        Deployment first = deployments.get(0);
        List<Deployment> others = deployments.subList(1, deployments.size());
        if (others.isEmpty()) {
            return;
        }
        List<String> alone = new ArrayList<>(first.capabilities());
        // Thinking is the one that answers are of use without.
        alone.remove("thinking");
        alone.removeIf(
                capability -> others.stream().anyMatch(one -> one.capabilities().contains(capability)));
        if (!alone.isEmpty()) {
            alone.sort(null);
            report.warning(
                    "capability-alone",
                    chain.line(),
                    "only " + first.name() + " in " + chain.begins() + " has " + String.join(", ", alone),
                    "When it fails, such requests fail with it",
                    "Add a link that has it, too, or correct capabilities: in " + BundleLinter.CONFIG);
        }
        int longest = others.stream()
                .mapToInt(one -> one.context() == 0 ? Integer.MAX_VALUE : one.context())
                .max()
                .orElse(0);
        if (first.context() / CONTEXT_SHARE > longest) {
            report.warning(
                    "context-alone",
                    chain.line(),
                    "no link of " + chain.begins() + " behind " + first.name() + " takes a quarter of its "
                            + first.context() + " tokens",
                    "Long conversations fail when it fails",
                    "Add a link with a larger context");
        }
    }

    private void free(RouteSource chain) {
        boolean saysFree = chain.id().matches("(?i)(.*[-_])?free([-_].*)?");
        if (!saysFree) {
            return;
        }
        for (RouteGraph.Link<RouteSource, RouteStep> link : graph.links(chain)) {
            boolean ours = link.route().equals(chain) && link.deployment() != null;
            Long price = ours ? link.deployment().price().input() : null;
            if (price != null && price > FREE_TIER_PRICE) {
                report.warning(
                        "paid-in-free-layer",
                        link.step().line(),
                        link.deployment().name() + " costs money, in the layer " + chain.id(),
                        "Most requests begin here, so most of the bill would come from here",
                        "Move it to a later layer");
            }
        }
    }
}
