package io.camelback.camel.chain;

import io.camelback.config.CamelbackConfig;
import io.camelback.loadbalancer.LoadMetrics;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.DeploymentAvailability;
import java.time.Duration;

/** How the deployments are doing, by what is known of them here. */
public final class LiveLoadMetrics implements LoadMetrics {
    private final CamelbackConfig config;
    private final GatewayRuntime runtime;

    public LiveLoadMetrics(CamelbackConfig config, GatewayRuntime runtime) {
        this.config = config;
        this.runtime = runtime;
    }

    @Override
    public int inFlight(String deployment) {
        return runtime.stats().of(deployment).inFlight();
    }

    @Override
    public Duration firstToken(String deployment) {
        return runtime.stats().of(deployment).peakFirstToken();
    }

    @Override
    public boolean isAvailable(String name) {
        return DeploymentAvailability.of(config.deployments().get(name), runtime)
                .isHealthy();
    }
}
