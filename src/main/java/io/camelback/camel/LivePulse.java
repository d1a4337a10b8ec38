package io.camelback.camel;

import io.camelback.balance.Pulse;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;

/** How the deployments are doing, by what is known of them here. */
final class LivePulse implements Pulse {
    private final CamelbackConfig config;
    private final Vitals vitals;

    LivePulse(CamelbackConfig config, Vitals vitals) {
        this.config = config;
        this.vitals = vitals;
    }

    @Override
    public int inFlight(String deployment) {
        return vitals.stats().of(deployment).inFlight();
    }

    @Override
    public Duration firstToken(String deployment) {
        return vitals.stats().of(deployment).peakFirstToken();
    }

    @Override
    public boolean willing(String name) {
        Deployment deployment = config.deployments().get(name);
        if (!deployment.usable() || vitals.parking().parked(name).isPresent()
                || vitals.parking().parked(Parking.keyOf(deployment)).isPresent()) {
            return false;
        }
        State state = vitals.breakers().of(deployment).getState();
        return state != State.OPEN && state != State.FORCED_OPEN;
    }
}
