package io.camelback.routing;

import io.camelback.failure.ProviderException;
import java.time.Duration;

/**
 * How a deployment stands at one moment, whatever is asked.
 *
 * @param breakerOpen whether its breaker would let nothing through
 * @param cooldown null when it is not parked, nor its provider's key
 * @param atCapacity whether as many calls are running as it takes at once
 */
public record DeploymentStatus(boolean breakerOpen, Cooldown cooldown, boolean atCapacity) {
    public static final DeploymentStatus HEALTHY = new DeploymentStatus(false, null, false);

    /** @param cause the failure that led to it; null when somebody parked it by hand */
    public record Cooldown(String reason, Duration left, ProviderException cause) {}

    /** Whether it may be asked as far as its health goes. */
    public boolean isHealthy() {
        return !breakerOpen && cooldown == null;
    }
}
