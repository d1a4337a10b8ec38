package io.camelback.camel.attempt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.pricing.Cost;
import io.camelback.pricing.ModelPrice;
import io.camelback.protocol.support.ServiceTiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What one attempt may cost more than the standard price, and what its answer costs. Where a budget counts, a field
 * that leads to a price which is not known is left out of the request.
 *
 * @param deployment the one that is asked
 * @param dropped what is left out
 * @param others the prices of its provider's other models, by the provider's names
 */
public record BillingTerms(
        Deployment deployment, Set<PricedField> dropped, Function<String, Optional<ModelPrice>> others) {

    /** A field of a request that changes its price. */
    public enum PricedField {
        SERVICE_TIER("The service tier or speed, which has no price here and a budget counts") {
            @Override
            void remove(ObjectNode body) {
                ServiceTiers.remove(body);
            }
        },
        FALLBACKS("The provider's own fallbacks, one of which has no price here and a budget counts") {
            @Override
            void remove(ObjectNode body) {
                body.remove("fallbacks");
            }
        };

        private final String title;

        PricedField(String title) {
            this.title = title;
        }

        /** How {@code explain} names what is left out. */
        public String title() {
            return title;
        }

        abstract void remove(ObjectNode body);
    }

    public BillingTerms {
        dropped = Set.copyOf(dropped);
    }

    /** The body as it is sent. @param body may be changed */
    public ObjectNode fit(ObjectNode body) {
        dropped.forEach(field -> field.remove(body));
        return body;
    }

    /** What is left out, in words. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (PricedField field : PricedField.values()) {
            if (dropped.contains(field)) {
                notes.add(field.title());
            }
        }
        return notes;
    }

    /** Tokens that are paid for at the tier that was asked, where the provider does not tell the one that served. */
    static Usage at(String askedTier, Usage usage) {
        BillingDetails billing = usage.billing();
        return billing.tier() != null || askedTier == null ? usage : usage.with(billing.withTier(askedTier));
    }

    /** In micro-dollars; null when a price is not known. */
    Long cost(Usage usage) {
        return Cost.of(deployment.price(), usage, others)
                .map(Cost::microDollars)
                .orElse(null);
    }
}
