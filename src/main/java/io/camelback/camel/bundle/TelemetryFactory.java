package io.camelback.camel.bundle;

import io.camelback.pricing.Cost;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.Telemetry;
import io.camelback.telemetry.trace.RequestTracer;
import io.micrometer.core.instrument.MeterRegistry;

/** Makes what looks at a gateway's work. */
public final class TelemetryFactory {
    private TelemetryFactory() {}

    public static Telemetry of(GatewayRuntime runtime, MeterRegistry meters, RequestTracer traces) {
        return new Telemetry(
                runtime,
                meters,
                (deployment, usage) ->
                        Cost.of(deployment.price(), usage.plain()).map(Cost::microDollars),
                traces);
    }
}
