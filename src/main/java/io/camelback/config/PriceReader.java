package io.camelback.config;

import io.camelback.config.Parser.Unreadable;
import java.util.ArrayList;
import java.util.List;

/** Reads a price, of a deployment or of a list. */
final class PriceReader {
    private static final String[] PARTS = {"input", "output", "cached", "cache-write", "reasoning", "request"};

    private PriceReader() { }

    static Price read(Section section) {
        List<String> keys = new ArrayList<>(List.of(PARTS));
        keys.add("above");
        section.only(keys);
        List<Price.Tier> tiers = new ArrayList<>();
        for (Value tier : section.section("above").values()) {
            Integer above = above(tier);
            Price price = parts(tier.section().only(PARTS), List.of());
            if (above != null) {
                tiers.add(new Price.Tier(above, price));
            }
        }
        return parts(section, tiers);
    }

    private static Integer above(Value tier) {
        try {
            return Units.whole(1, 100_000_000).parse(tier.key);
        } catch (Unreadable e) {
            tier.problem("does not stand below a number of tokens", "Write above: { 200_000: { input: 6 } }");
            return null;
        }
    }

    private static Price parts(Section section, List<Price.Tier> tiers) {
        return new Price(part(section, "input"), part(section, "output"), part(section, "cached"), part(section, "cache-write"),
                part(section, "reasoning"), section.read("request", Units::dollars, 0L), tiers);
    }

    private static Long part(Section section, String key) {
        return section.read(key, Units::microDollars, null);
    }
}
