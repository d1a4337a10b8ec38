package io.camelback.camel;

import io.camelback.config.Deployment;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Standing;
import java.util.Optional;
import java.util.function.Function;

/** How deployments stand at the moment they are looked at. */
final class States implements Function<Deployment, Standing> {
    private final Vitals vitals;

    States(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public Standing apply(Deployment deployment) {
        Optional<Parking.Parked> parked = vitals.parking().parked(deployment.name())
                .or(() -> vitals.parking().parked(Parking.keyOf(deployment)));
        boolean open = !vitals.breakers().lets(deployment);
        boolean full = vitals.inFlight().running(deployment.name()) >= vitals.breakers().room(deployment);
        if (parked.isEmpty()) {
            return open || full ? new Standing(open, null, full) : Standing.WELL;
        }
        Parking.Parked park = parked.get();
        return new Standing(open, new Standing.Park(park.reason(), park.left(), park.cause()), full);
    }
}
