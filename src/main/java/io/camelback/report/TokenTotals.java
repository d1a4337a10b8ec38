package io.camelback.report;

import io.camelback.chat.Usage;
import io.camelback.pricing.Cost;
import io.camelback.pricing.ModelPrice;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Token totals of the answers that one deployment gave to requests whose first link was another, or the same.
 *
 * @param firstLink who was to answer
 * @param deployment who did
 * @param answers how many
 * @param usage the tokens of all of them
 * @param microDollars what they cost, as far as the price was known
 */
record TokenTotals(String firstLink, String deployment, long answers, Usage usage, long microDollars) {

    /** What the same tokens cost at another price; of a price with tiers, that for requests of middling length. */
    OptionalLong at(ModelPrice list) {
        ModelPrice price = list.at(answers == 0 ? 0 : usage.input() / answers);
        ModelPrice flat = new ModelPrice(
                price.input(),
                price.output(),
                price.cached(),
                price.cacheWrite(),
                price.cacheWriteHour(),
                price.reasoning(),
                0,
                List.of(),
                Map.of(),
                Map.of());
        return Cost.of(flat, usage)
                .map(cost -> OptionalLong.of(cost.microDollars() + answers * price.perRequest()))
                .orElse(OptionalLong.empty());
    }
}
