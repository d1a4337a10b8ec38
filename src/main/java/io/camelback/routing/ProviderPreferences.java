package io.camelback.routing;

import io.camelback.config.Deployment;
import io.camelback.failure.AttemptSkippedException.Reason;
import io.camelback.pricing.ModelPrice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which providers a caller wants for one request, in OpenRouter's words: {@code provider {order, only, ignore,
 * max_price, sort}}.
 *
 * @param order providers to be asked first, in this order; the others come after them
 * @param only the only providers to be asked; any when empty
 * @param ignore providers not to be asked
 * @param maxPrice the most that tokens and requests may cost; its parts are null where the caller sets no limit
 * @param balancer the strategy that orders the deployments where {@code order} does not; null for the chain's own order
 */
public record ProviderPreferences(
        List<String> order, List<String> only, List<String> ignore, MaxPrice maxPrice, String balancer) {
    public static final ProviderPreferences NONE =
            new ProviderPreferences(List.of(), List.of(), List.of(), MaxPrice.NONE, null);

    /** In micro-dollars for a million tokens, and for a request. */
    public record MaxPrice(Long input, Long output, Long request) {
        public static final MaxPrice NONE = new MaxPrice(null, null, null);

        private boolean allows(ModelPrice price) {
            return within(price.input(), input)
                    && within(price.output(), output)
                    && within(price.perRequest(), request);
        }

        /** A price that nobody knows is not within a limit. */
        private static boolean within(Long price, Long most) {
            return most == null || price != null && price <= most;
        }
    }

    public ProviderPreferences {
        order = List.copyOf(order);
        only = List.copyOf(only);
        ignore = List.copyOf(ignore);
    }

    /** Why a deployment is not what the caller wants; empty when it is. */
    public Optional<SkipReason> unwanted(Deployment deployment) {
        String provider = deployment.provider().name();
        if (!only.isEmpty() && !only.contains(provider)) {
            return unwanted("provider.only");
        }
        if (ignore.contains(provider)) {
            return unwanted("provider.ignore");
        }
        return maxPrice.allows(deployment.price()) ? Optional.empty() : unwanted("provider.max_price");
    }

    private static Optional<SkipReason> unwanted(String field) {
        return Optional.of(SkipReason.of(Reason.NOT_WANTED, "the caller's " + field));
    }

    /** Those of the providers that the caller put first come first. */
    public List<Deployment> ordered(List<Deployment> deployments) {
        List<Deployment> ordered = new ArrayList<>(deployments);
        ordered.sort(Comparator.comparingInt(deployment -> {
            int place = order.indexOf(deployment.provider().name());
            return place < 0 ? order.size() : place;
        }));
        return ordered;
    }
}
