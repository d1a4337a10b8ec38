package io.camelback.dialect;

import java.util.Set;

/**
 * What a translator must know about the model it writes for.
 *
 * @param model     the provider's name for it
 * @param maxOutput the most tokens it can write; 0 when unknown
 * @param refuses   what it does not take
 * @param provider  the provider's name in the configuration, e.g. {@code mistral}
 */
public record Target(String model, int maxOutput, Set<Refusal> refuses, String provider) {
    public Target {
        refuses = Set.copyOf(refuses);
    }

    public boolean takes(Refusal what) {
        return !refuses.contains(what);
    }
}
