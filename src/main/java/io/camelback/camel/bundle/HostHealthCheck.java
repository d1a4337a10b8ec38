package io.camelback.camel.bundle;

import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.chain.ChainAvailability;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.record.ActiveRevision;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * What the health of a host application says of the bundle: down when no chain has a deployment that can ever be asked.
 */
final class HostHealthCheck extends AbstractHealthCheck {
    private final ActiveRevision serving;
    private final GatewayRuntime runtime;
    private final PersistenceServices accounts;

    HostHealthCheck(ActiveRevision serving, GatewayRuntime runtime, PersistenceServices accounts) {
        super("camelback", "bundle");
        this.serving = serving;
        this.runtime = runtime;
        this.accounts = accounts;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        ChainAvailability reach = ChainAvailability.of(serving, runtime);
        reach.describe(builder);
        PersistenceServices.Health ledger = accounts.health();
        if (!reach.anybody()) {
            builder.message("No chain has a deployment that can be asked. Set one of "
                            + String.join(", ", reach.keysMissing()) + ".")
                    .down();
        } else if (!ledger.ready()) {
            builder.message("The ledger has not answered since the start: " + ledger.said())
                    .down();
        } else {
            builder.up();
        }
    }
}
