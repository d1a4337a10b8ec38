package io.camelback.report;

import io.camelback.budget.Cost;
import io.camelback.chat.Usage;
import io.camelback.config.Price;
import java.util.List;
import java.util.OptionalLong;

/**
 * The answers of one deployment to requests whose first link was one deployment, put together.
 *
 * @param firstLink    who was to answer
 * @param deployment   who did
 * @param answers      how many
 * @param usage        the tokens of all of them
 * @param microDollars what they cost, as far as the price was known
 */
record Tokens(String firstLink, String deployment, long answers, Usage usage, long microDollars) {

    /** What the same tokens cost at another price; of a price with tiers, that for requests of middling length. */
    OptionalLong at(Price list) {
        Price price = list.at(answers == 0 ? 0 : usage.input() / answers);
        Price flat = new Price(price.input(), price.output(), price.cached(), price.cacheWrite(), price.reasoning(), 0, List.of());
        return Cost.of(flat, usage).map(cost -> OptionalLong.of(cost.microDollars() + answers * price.perRequest()))
                .orElse(OptionalLong.empty());
    }
}
