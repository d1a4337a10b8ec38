package io.camelback.config.reader;

import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import io.camelback.pricing.ModelPrice;
import java.util.ArrayList;
import java.util.List;

/** Reads a price, of a deployment or of a list. */
final class PriceReader {
    private static final String[] PARTS = {"input", "output", "cached", "cache-write", "reasoning", "request"};

    private PriceReader() {}

    static ModelPrice read(YamlSection section) {
        List<String> keys = new ArrayList<>(List.of(PARTS));
        keys.add("above");
        section.only(keys);
        List<ModelPrice.Tier> tiers = new ArrayList<>();
        for (YamlValue tier : section.section("above").values()) {
            Integer above = above(tier);
            ModelPrice price = parts(tier.section().only(PARTS), List.of());
            if (above != null) {
                tiers.add(new ModelPrice.Tier(above, price));
            }
        }
        return parts(section, tiers);
    }

    private static Integer above(YamlValue tier) {
        try {
            return ValueParsers.whole(1, 100_000_000).parse(tier.key);
        } catch (UnreadableValueException e) {
            tier.problem("does not stand below a number of tokens", "Write above: { 200_000: { input: 6 } }");
            return null;
        }
    }

    private static ModelPrice parts(YamlSection section, List<ModelPrice.Tier> tiers) {
        return new ModelPrice(
                part(section, "input"),
                part(section, "output"),
                part(section, "cached"),
                part(section, "cache-write"),
                part(section, "reasoning"),
                section.read("request", ValueParsers.DOLLARS, 0L),
                tiers);
    }

    private static Long part(YamlSection section, String key) {
        return section.read(key, ValueParsers.MICRO_DOLLARS, null);
    }
}
