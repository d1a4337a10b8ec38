package io.camelback.camel.chain;

import io.camelback.config.Deployment;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.DeploymentStatus;
import java.util.Optional;
import java.util.function.Function;

/** How deployments stand at the moment they are looked at. */
public final class DeploymentStatusReader implements Function<Deployment, DeploymentStatus> {
    private final GatewayRuntime runtime;

    public DeploymentStatusReader(GatewayRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public DeploymentStatus apply(Deployment deployment) {
        Optional<CooldownRegistry.Cooldown> parked = runtime.parking()
                .cooldown(deployment.name())
                .or(() -> runtime.parking().cooldown(CooldownRegistry.keyOf(deployment)));
        boolean open = !runtime.breakers().permitsCalls(deployment);
        boolean full = runtime.inFlight().running(deployment.name())
                >= runtime.breakers().concurrencyLimit(deployment);
        if (parked.isEmpty()) {
            return open || full ? new DeploymentStatus(open, null, full) : DeploymentStatus.HEALTHY;
        }
        CooldownRegistry.Cooldown cooldown = parked.get();
        return new DeploymentStatus(
                open, new DeploymentStatus.Cooldown(cooldown.reason(), cooldown.left(), cooldown.cause()), full);
    }
}
