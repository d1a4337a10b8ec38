package io.camelback.config.reader;

import io.camelback.config.yaml.ConfigException;
import io.camelback.config.yaml.EnvironmentVariables;
import io.camelback.config.yaml.ReaderContext;
import io.camelback.config.yaml.YamlParser;
import io.camelback.config.yaml.YamlValue;
import io.camelback.pricing.ModelPrice;
import io.camelback.pricing.PriceList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads {@code config/prices.yaml}. */
public final class PriceListReader {
    private PriceListReader() {}

    /**
     * @param yaml the file's text; null when there is none
     * @throws ConfigException with every problem found
     */
    public static PriceList read(String yaml, Function<String, String> env) {
        if (yaml == null) {
            return PriceList.NONE;
        }
        ReaderContext scope = new ReaderContext(new EnvironmentVariables(env));
        Map<String, ModelPrice> prices = new LinkedHashMap<>();
        YamlParser.root(yaml, scope).ifPresent(root -> {
            for (YamlValue value : root.only("prices").section("prices").values()) {
                prices.put(value.key, PriceReader.read(value.section()));
            }
        });
        if (!scope.problems().isEmpty()) {
            throw new ConfigException(PriceList.FILE, scope.problems());
        }
        return new PriceList(prices);
    }
}
