package io.camelback.protocol;

import java.util.Set;

/**
 * What a translator must know about the model it writes for.
 *
 * @param model the provider's name for it
 * @param maxOutput the most tokens it can write; 0 when unknown
 * @param refuses what it does not take
 * @param provider the provider's name in the configuration, e.g. {@code mistral}
 */
public record ProviderModel(String model, int maxOutput, Set<UnsupportedParameter> refuses, String provider) {
    public ProviderModel {
        refuses = Set.copyOf(refuses);
    }

    public boolean supports(UnsupportedParameter what) {
        return !refuses.contains(what);
    }
}
