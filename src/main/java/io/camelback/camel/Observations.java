package io.camelback.camel;

import io.camelback.budget.Cost;
import io.camelback.observe.Observation;
import io.camelback.observe.Traces;
import io.camelback.resilience.Vitals;
import io.micrometer.core.instrument.MeterRegistry;

/** Makes what looks at a gateway's work. */
final class Observations {
    private Observations() { }

    static Observation of(Vitals vitals, MeterRegistry meters, Traces traces) {
        return new Observation(vitals, meters, (deployment, usage) -> Cost.of(deployment.price(), usage).map(Cost::microDollars),
                traces);
    }
}
