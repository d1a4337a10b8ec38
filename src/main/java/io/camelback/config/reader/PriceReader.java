package io.camelback.config.reader;

import io.camelback.chat.BillingDetails;
import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import io.camelback.pricing.ModelPrice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a price, of a deployment or of a list. */
final class PriceReader {
    private static final String[] PARTS = {
        "input", "output", "cached", "cache-write", "cache-write-1h", "reasoning", "request"
    };
    private static final String ABOVE = "above";
    private static final String TIERS = "tiers";
    private static final String TOOL_CALLS = "tool-calls";
    private static final Pattern TIER_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    private static final List<String> STANDARD = List.of("standard", "default", "auto");

    private PriceReader() {}

    static ModelPrice read(YamlSection section) {
        section.only(keys(ABOVE, TIERS, TOOL_CALLS));
        Map<String, Long> calls = new LinkedHashMap<>();
        YamlSection tools = section.section(TOOL_CALLS).only(BillingDetails.TOOLS);
        for (String tool : BillingDetails.TOOLS) {
            Long each = tools.read(tool, ValueParsers.DOLLARS, null);
            if (each != null) {
                calls.put(tool, each);
            }
        }
        ModelPrice standard = parts(section, lengths(section), calls);
        ModelPrice price = standard;
        for (YamlValue tier : section.section(TIERS).values()) {
            YamlSection said = tier.section().only(keys(ABOVE));
            if (STANDARD.contains(tier.key) || !TIER_NAME.matcher(tier.key).matches()) {
                tier.problem(
                        "is no tier with a price of its own",
                        "Write the provider's word, such as priority, flex or fast; the standard tier costs what stands outside of tiers");
            } else {
                price = price.withTier(
                        tier.key, parts(said, lengths(said), Map.of()).completed(standard));
            }
        }
        return price;
    }

    private static List<String> keys(String... others) {
        List<String> keys = new ArrayList<>(List.of(PARTS));
        keys.addAll(List.of(others));
        return keys;
    }

    private static List<ModelPrice.LengthTier> lengths(YamlSection section) {
        List<ModelPrice.LengthTier> tiers = new ArrayList<>();
        for (YamlValue tier : section.section(ABOVE).values()) {
            Integer above = above(tier);
            ModelPrice price = parts(tier.section().only(PARTS), List.of(), Map.of());
            if (above != null) {
                tiers.add(new ModelPrice.LengthTier(above, price));
            }
        }
        return tiers;
    }

    private static Integer above(YamlValue tier) {
        try {
            return ValueParsers.whole(1, 100_000_000).parse(tier.key);
        } catch (UnreadableValueException e) {
            tier.problem("does not stand below a number of tokens", "Write above: { 200_000: { input: 6 } }");
            return null;
        }
    }

    private static ModelPrice parts(
            YamlSection section, List<ModelPrice.LengthTier> tiers, Map<String, Long> toolCalls) {
        return new ModelPrice(
                part(section, "input"),
                part(section, "output"),
                part(section, "cached"),
                part(section, "cache-write"),
                part(section, "cache-write-1h"),
                part(section, "reasoning"),
                section.read("request", ValueParsers.DOLLARS, 0L),
                tiers,
                Map.of(),
                toolCalls);
    }

    private static Long part(YamlSection section, String key) {
        return section.read(key, ValueParsers.MICRO_DOLLARS, null);
    }
}
