package io.camelback.config.reader;

import io.camelback.config.Deployment;
import io.camelback.config.Provider;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import io.camelback.pricing.ModelPrice;
import io.camelback.pricing.PriceList;
import io.camelback.protocol.UnsupportedParameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code deployments}. */
final class DeploymentReader {
    private static final List<String> KEYS = keys();
    private static final String PRIORITY = "priority";
    private static final int MOST_TOKENS = 100_000_000;
    private static final List<String> CONVERSATION =
            List.of("capabilities", "max-output", "unsupported", "stream-upstream", "tier");
    /** What a capability needs that a refusal denies. */
    private static final Map<String, UnsupportedParameter> CONTRARY = Map.of(
            "tools",
            UnsupportedParameter.TOOLS,
            "vision",
            UnsupportedParameter.IMAGES,
            "json-schema",
            UnsupportedParameter.JSON_SCHEMA);

    private final Map<String, Provider> providers;
    private final Collection<String> providerNames;
    private final DeploymentDefaults defaults;
    private final PriceList prices;

    /**
     * @param providerNames all that were named, also those that could not be read: one problem is enough for them
     * @param prices for those that do not say their own
     */
    DeploymentReader(
            Map<String, Provider> providers,
            Collection<String> providerNames,
            DeploymentDefaults defaults,
            PriceList prices) {
        this.providers = providers;
        this.providerNames = providerNames;
        this.defaults = defaults;
        this.prices = prices;
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(
                "provider",
                "model",
                "use-for",
                "capabilities",
                "context",
                "max-output",
                "price",
                "unsupported",
                "stream-upstream",
                "tier",
                "weight",
                "api",
                BudgetReader.KEY,
                QuotaSettingsReader.KEY));
        keys.addAll(DeploymentDefaults.KEYS);
        return List.copyOf(keys);
    }

    Map<String, Deployment> read(YamlSection section) {
        Map<String, Deployment> deployments = new LinkedHashMap<>();
        for (YamlValue value : section.values()) {
            NameValidator.check(value);
            deployment(value).ifPresent(deployment -> deployments.put(value.key, deployment));
        }
        return deployments;
    }

    private Optional<Deployment> deployment(YamlValue value) {
        YamlSection own = value.section().only(KEYS);
        Optional<Provider> provider = own.require(
                        "provider", "Add provider: and one of " + String.join(", ", providerNames))
                .flatMap(name -> name.parse(ValueParsers.oneOf(providerNames)))
                .map(providers::get);
        Optional<String> model = own.require("model", "Add model: and the provider's name for it")
                .flatMap(YamlValue::text);
        Set<UnsupportedParameter> refuses = ProviderReader.refusals(own);
        provider.ifPresent(known -> refuses.addAll(known.refuses()));
        checkLimits(own, refuses);
        Deployment.Api api = api(own, provider);
        Set<String> capabilities = api == Deployment.Api.EMBEDDINGS ? embedding(own) : capabilities(own, refuses);
        int context = own.read("context", ValueParsers.whole(1, MOST_TOKENS), 0);
        int maxOutput = maxOutput(own, context);
        ModelPrice price = committed(
                provider,
                own.find("price").isEmpty() ? listed(provider, model) : PriceReader.read(own.section("price")));
        DeploymentDefaults mine = defaults.with(own);
        List<String> useFor = own.list("use-for", text -> text);
        boolean streams = own.read("stream-upstream", ValueParsers.FLAG, true);
        int tier = own.read("tier", ValueParsers.whole(1, 3), 2);
        int weight = own.read("weight", ValueParsers.whole(1, 1000), 1);
        if (provider.isEmpty() || model.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Deployment(
                value.key,
                provider.get(),
                model.get(),
                useFor,
                capabilities,
                context,
                maxOutput,
                price,
                refuses,
                mine.timeouts(),
                mine.retry(),
                mine.breaker(),
                mine.maxInFlight(),
                streams,
                tier,
                weight,
                api,
                own.find("capabilities").isPresent()));
    }

    private ModelPrice listed(Optional<Provider> provider, Optional<String> model) {
        return provider.flatMap(at -> model.flatMap(name -> prices.of(at.name(), name)))
                .orElse(ModelPrice.UNKNOWN);
    }

    /** Anthropic's priority tier is capacity that was bought before: it takes no more for the tokens. */
    private static ModelPrice committed(Optional<Provider> provider, ModelPrice price) {
        boolean unsaid = price.input() != null && !price.serviceTiers().containsKey(PRIORITY);
        return unsaid && provider.filter(at -> at.dialect().equals("anthropic")).isPresent()
                ? price.withTier(PRIORITY, price)
                : price;
    }

    private static Deployment.Api api(YamlSection own, Optional<Provider> provider) {
        Deployment.Api api = Deployment.Api.of(own.read("api", ValueParsers.oneOf(Deployment.Api.KEYS), "chat"));
        if (provider.isPresent() && !api.dialects().contains(provider.get().dialect())) {
            own.find("api")
                    .ifPresent(value -> value.problem(
                            api.key() + " is not available in the API format "
                                    + provider.get().dialect() + ", only in "
                                    + String.join(", ", new TreeSet<>(api.dialects())),
                            "Remove it, or take another provider"));
        }
        return api;
    }

    /** None: nothing of what is said about conversations means anything for vectors. */
    private static Set<String> embedding(YamlSection own) {
        for (String key : CONVERSATION) {
            own.find(key).ifPresent(value -> value.problem("has no effect where api is embeddings", "Remove it"));
        }
        return Set.of();
    }

    /** Those listed; without a list tools and a JSON schema, unless they are refused. */
    private static Set<String> capabilities(YamlSection own, Set<UnsupportedParameter> refuses) {
        Set<String> capabilities = new LinkedHashSet<>();
        if (own.find("capabilities").isEmpty()) {
            capabilities.addAll(List.of("tools", "json-schema"));
            capabilities.removeIf(word -> refuses.contains(CONTRARY.get(word)));
            return capabilities;
        }
        capabilities.addAll(own.list("capabilities", ValueParsers.oneOf(Deployment.CAPABILITIES)));
        for (String word : capabilities) {
            UnsupportedParameter contrary = CONTRARY.get(word);
            if (contrary != null && refuses.contains(contrary)) {
                own.find("capabilities")
                        .ifPresent(list -> list.problem(
                                word + " is listed here, but the model or its provider refuses " + contrary.key(),
                                "Remove one of the two"));
            }
        }
        return capabilities;
    }

    private static void checkLimits(YamlSection own, Set<UnsupportedParameter> refuses) {
        if (refuses.contains(UnsupportedParameter.MAX_TOKENS)
                && refuses.contains(UnsupportedParameter.MAX_COMPLETION_TOKENS)) {
            own.find("unsupported")
                    .ifPresent(list -> list.problem(
                            "max-tokens and max-completion-tokens are both refused, here or by the provider, so no answer can be limited",
                            "Remove one here, or list the provider's own refuses without it"));
        }
    }

    private static int maxOutput(YamlSection own, int context) {
        int maxOutput = own.read("max-output", ValueParsers.whole(1, MOST_TOKENS), 0);
        if (context > 0 && maxOutput > context) {
            own.find("max-output")
                    .ifPresent(value -> value.problem(
                            "is larger than context", "An answer is part of the context: lower it, or raise context"));
        }
        return maxOutput;
    }
}
