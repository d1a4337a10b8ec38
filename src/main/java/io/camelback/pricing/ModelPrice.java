package io.camelback.pricing;

import java.util.Comparator;
import java.util.List;

/**
 * The price of a model, in micro-dollars per million tokens (4 dollars are 4,000,000). A part that is null is unknown.
 *
 * @param input tokens read
 * @param output tokens written
 * @param cached tokens read from the provider's prompt cache; as input when null
 * @param cacheWrite tokens written into it; as input when null
 * @param reasoning tokens written while it reasons; as output when null
 * @param perRequest micro-dollars for each request, whatever its length
 * @param tiers what longer requests cost, all their tokens; shortest first
 */
public record ModelPrice(
        Long input, Long output, Long cached, Long cacheWrite, Long reasoning, long perRequest, List<Tier> tiers) {
    public static final ModelPrice UNKNOWN = new ModelPrice(null, null, null, null);

    /** @param above for requests whose input has more tokens than that */
    public record Tier(int above, ModelPrice price) {}

    public ModelPrice {
        tiers = tiers.stream().sorted(Comparator.comparingInt(Tier::above)).toList();
    }

    /** One price for requests of any length, reasoning included. */
    public ModelPrice(Long input, Long output, Long cached, Long cacheWrite) {
        this(input, output, cached, cacheWrite, null, 0, List.of());
    }

    /** What a request with so many input tokens costs: the parts a tier does not say are those of the price itself. */
    public ModelPrice at(long inputTokens) {
        ModelPrice found = this;
        for (Tier tier : tiers) {
            if (inputTokens > tier.above()) {
                found = tier.price().over(this);
            }
        }
        return found;
    }

    private ModelPrice over(ModelPrice below) {
        return new ModelPrice(
                or(input, below.input),
                or(output, below.output),
                or(cached, below.cached),
                or(cacheWrite, below.cacheWrite),
                or(reasoning, below.reasoning),
                perRequest == 0 ? below.perRequest : perRequest,
                List.of());
    }

    private static Long or(Long said, Long otherwise) {
        return said == null ? otherwise : said;
    }
}
