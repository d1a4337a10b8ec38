package io.camelback.config;

import io.camelback.config.yaml.ConfigProblem;
import io.camelback.config.yaml.SpellingSuggestion;
import io.camelback.pricing.ModelPrice;
import io.camelback.pricing.PriceList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The whole of {@code config/camelback.yaml}, valid and immutable.
 *
 * @param providers by name: those known out of the box, changed and added to by the operator
 * @param deployments by name, in the order of the file
 * @param aliases in the order of the file: the first that matches wins
 * @param chains by the chain's name: only those that the file says something about
 * @param keysRequired whether nobody comes in without a client key, even before there is one
 * @param limits by the deployment's name: quotas of those that have any
 * @param bounds how much is held of what callers and providers send
 * @param prices of models, whether a deployment asks them or not
 */
public record CamelbackConfig(
        Map<String, Provider> providers,
        Map<String, Deployment> deployments,
        List<ModelAlias> aliases,
        ServerSettings server,
        Map<String, ChainSettings> chains,
        LedgerSettings ledger,
        RoutingSettings routing,
        BudgetSettings spending,
        boolean keysRequired,
        Map<String, QuotaSettings> limits,
        LimitSettings bounds,
        PriceList prices) {
    /** The configuration's place below the root. */
    public static final String FILE = "config/camelback.yaml";
    /** The model name that stands for routing by task and complexity; no deployment may have it. */
    public static final String AUTO = "auto";

    private static final Pattern DATE = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2})$");

    public CamelbackConfig {
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        deployments = Collections.unmodifiableMap(new LinkedHashMap<>(deployments));
        aliases = List.copyOf(aliases);
        chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
        limits = Map.copyOf(limits);
    }

    public Optional<Deployment> deployment(String name) {
        return Optional.ofNullable(deployments.get(name));
    }

    /**
     * What another model of a deployment's provider costs: one that the provider may let answer in its place. A
     * version's date behind the name is no other model.
     *
     * @param model the provider's name
     */
    public Optional<ModelPrice> price(Deployment asked, String model) {
        String bare = DATE.matcher(model).replaceFirst("");
        String provider = asked.provider().name();
        return Stream.of(model, bare)
                .flatMap(name -> deployments.values().stream()
                        .filter(one -> one.provider().name().equals(provider)
                                && one.model().equals(name)
                                && one.priced())
                        .map(Deployment::price))
                .findFirst()
                .or(() -> prices.of(provider, model))
                .or(() -> prices.of(provider, bare));
    }

    /** What holds for a chain or a deployment that was asked. @param name null for none in particular */
    public ChainSettings chain(String name) {
        return chains.getOrDefault(name, ChainSettings.DEFAULT);
    }

    /**
     * How long a request may take when its caller does not say. To a deployment asked by its own name that is what its
     * total timer says, and a second more, so that it is that timer which runs out.
     *
     * @param name the chain or the deployment
     */
    public Duration deadline(String name) {
        Duration said = chain(name).deadline();
        Duration usual = deployments.containsKey(name)
                ? deployments.get(name).timeouts().total().plusSeconds(1)
                : ChainSettings.DEADLINE;
        return said == null ? usual : said;
    }

    /**
     * What the aliases make of a model name: the target of the first pattern that matches. Exact names of chains and
     * deployments come before aliases, so ask for those first.
     */
    public Optional<String> aliasTarget(String model) {
        return aliases.stream()
                .filter(alias -> alias.matches(model))
                .map(ModelAlias::target)
                .findFirst();
    }

    /**
     * Chains with a budget that may come to a deployment whose price nobody knows. Apart from reading, like the next.
     *
     * @param deployments all that a chain may come to
     */
    public List<ConfigProblem> checkPrices(Function<String, List<Deployment>> deployments) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String chain : spending.chains().keySet()) {
            deployments.apply(chain).stream()
                    .filter(deployment -> !deployment.priced())
                    .forEach(deployment -> problems.add(new ConfigProblem(
                            "chains." + chain + ".budget",
                            chains.get(chain).line(),
                            "may be spent on " + deployment.name() + ", which has no price",
                            "Add a price to " + deployment.name()
                                    + ": dollars for a million tokens; 0 for what is free")));
        }
        return problems;
    }

    /**
     * Aliases and tasks that point nowhere. Tasks, and patterns with a {@code *}, are for those who chat: what stands
     * behind a pattern may change, and with it every vector. Likewise settings for chains that are none. Apart from
     * reading, because chains are routes and this package does not know them.
     *
     * @param chains the names of all chains that answer in a conversation
     * @param embedders the names of all chains that make embeddings
     */
    public List<ConfigProblem> checkTargets(Set<String> chains, Set<String> embedders) {
        Set<String> targets = new LinkedHashSet<>(chains);
        deployments.values().stream()
                .filter(deployment -> !deployment.embeds())
                .map(Deployment::name)
                .forEach(targets::add);
        targets.add(AUTO);
        List<ConfigProblem> problems = new ArrayList<>();
        Set<String> exact = new LinkedHashSet<>(targets);
        exact.addAll(embedders);
        exact.addAll(deployments.keySet());
        for (ModelAlias alias : aliases) {
            if (!targets.contains(alias.target()) && exact.contains(alias.target())) {
                if (!alias.isExact()) {
                    problems.add(new ConfigProblem(
                            "aliases." + alias.pattern(),
                            alias.line(),
                            "is a pattern for \"" + alias.target() + "\", which makes embeddings",
                            "Write the whole name of one model: vectors of different models do not compare"));
                }
            } else if (!targets.contains(alias.target())) {
                problems.add(new ConfigProblem(
                        "aliases." + alias.pattern(),
                        alias.line(),
                        "refers to \"" + alias.target() + "\", which is neither a chain nor a deployment that chats",
                        SpellingSuggestion.hint(alias.target(), targets)));
            }
        }
        this.chains.forEach((name, settings) -> {
            if (!targets.contains(name)) {
                problems.add(new ConfigProblem(
                        "chains." + name,
                        settings.line(),
                        "is neither a chain nor a deployment that chats",
                        SpellingSuggestion.hint(name, targets)));
            }
        });
        for (TaskType task : routing.tasks().values()) {
            if (task.chain() != null && !targets.contains(task.chain())) {
                problems.add(new ConfigProblem(
                        "routing.tasks." + task.name() + ".chain",
                        task.line(),
                        "is \"" + task.chain() + "\", which is neither a chain nor a deployment that chats",
                        SpellingSuggestion.hint(task.chain(), targets)));
            }
        }
        return problems;
    }
}
