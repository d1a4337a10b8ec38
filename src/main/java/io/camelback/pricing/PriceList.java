package io.camelback.pricing;

import java.util.Map;
import java.util.Optional;

/**
 * The prices of {@code config/prices.yaml}, for deployments without a price of their own.
 *
 * @param prices by the provider's name for the model, alone or behind the provider's name and a slash
 */
public record PriceList(Map<String, ModelPrice> prices) {
    /** The file, below the home. */
    public static final String FILE = "config/prices.yaml";

    public static final PriceList NONE = new PriceList(Map.of());

    public PriceList {
        prices = Map.copyOf(prices);
    }

    /** What a model costs at a provider; the list may say it for that provider, or for any. */
    public Optional<ModelPrice> of(String provider, String model) {
        return Optional.ofNullable(prices.get(provider + "/" + model)).or(() -> Optional.ofNullable(prices.get(model)));
    }
}
