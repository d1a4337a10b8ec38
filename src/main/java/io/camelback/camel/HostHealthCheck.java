package io.camelback.camel;

import io.camelback.observe.Serving;
import io.camelback.resilience.Vitals;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** What the health of a host application says of the bundle: down when no chain has a deployment that can ever be asked. */
final class HostHealthCheck extends AbstractHealthCheck {
    private final Serving serving;
    private final Vitals vitals;
    private final Accounts accounts;

    HostHealthCheck(Serving serving, Vitals vitals, Accounts accounts) {
        super("camelback", "bundle");
        this.serving = serving;
        this.vitals = vitals;
        this.accounts = accounts;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Reach reach = Reach.of(serving, vitals);
        reach.describe(builder);
        Accounts.Health ledger = accounts.health();
        if (!reach.anybody()) {
            builder.message("No chain has a deployment that can be asked. Set one of "
                    + String.join(", ", reach.keysMissing()) + ".").down();
        } else if (!ledger.ready()) {
            builder.message("The ledger has not answered since the start: " + ledger.said()).down();
        } else {
            builder.up();
        }
    }
}
