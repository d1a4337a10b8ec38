package io.camelback.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code config/prices.yaml}: what models cost, for deployments that do not say it themselves.
 *
 * @param prices by the provider's name for the model, alone or behind the provider's name and a slash
 */
public record PriceList(Map<String, Price> prices) {
    /** The file, below the home. */
    public static final String FILE = "config/prices.yaml";
    public static final PriceList NONE = new PriceList(Map.of());

    public PriceList {
        prices = Map.copyOf(prices);
    }

    /**
     * @param yaml the file's text; null when there is none
     * @throws ConfigException with every problem found
     */
    public static PriceList read(String yaml, Function<String, String> env) {
        if (yaml == null) {
            return NONE;
        }
        Scope scope = new Scope(new Environment(env));
        Map<String, Price> prices = new LinkedHashMap<>();
        YamlTree.root(yaml, scope).ifPresent(root -> {
            for (Value value : root.only("prices").section("prices").values()) {
                prices.put(value.key, PriceReader.read(value.section()));
            }
        });
        if (!scope.problems().isEmpty()) {
            throw new ConfigException(FILE, scope.problems());
        }
        return new PriceList(prices);
    }

    /** What a model costs at a provider; the list may say it for that provider, or for any. */
    public Optional<Price> of(String provider, String model) {
        return Optional.ofNullable(prices.get(provider + "/" + model)).or(() -> Optional.ofNullable(prices.get(model)));
    }
}
