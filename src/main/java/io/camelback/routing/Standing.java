package io.camelback.routing;

import io.camelback.failure.ProviderFailure;
import java.time.Duration;

/**
 * How a deployment stands at one moment, whatever is asked.
 *
 * @param breakerOpen whether its breaker would let nothing through
 * @param park        null when it is not parked, nor its provider's key
 * @param full        whether as many calls are running as it takes at once
 */
public record Standing(boolean breakerOpen, Park park, boolean full) {
    public static final Standing WELL = new Standing(false, null, false);

    /** @param cause the failure that led to it; null when somebody parked it by hand */
    public record Park(String reason, Duration left, ProviderFailure cause) { }

    /** Whether it may be asked as far as its health goes. */
    public boolean well() {
        return !breakerOpen && park == null;
    }
}
