package io.camelback.server.reload;

import io.camelback.camel.accounting.PersistenceServices;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The bundle's part of {@code /observe/health}. A bad edit is told there and leaves the gateway up: the version before
 * it answers as well as ever.
 */
public final class BundleHealthCheck extends AbstractHealthCheck {
    private volatile ReloadingGateway gateway;

    public BundleHealthCheck() {
        super("camelback", "bundle");
    }

    public void watch(ReloadingGateway running) {
        gateway = running;
    }

    /** Whether routes, ledger and configuration are loaded. */
    public boolean started() {
        return gateway != null;
    }

    /** Whether requests should be sent here. */
    public boolean ready() {
        ReloadingGateway running = gateway;
        return running != null
                && !running.draining()
                && running.reach().anybody()
                && running.accounts().health().ready();
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        ReloadingGateway running = gateway;
        if (running == null) {
            builder.message("starting").down();
            return;
        }
        builder.detail("version", running.version());
        PersistenceServices.Health ledger = running.accounts().health();
        builder.detail("ledger", ledger.said() == null ? "ok" : ledger.said());
        running.observation().moneyRefusals().outage().ifPresent(outage -> {
            builder.detail("money.refused.since", outage.since().toString());
            builder.detail("money.refused.count", outage.count());
        });
        running.reach().describe(builder);
        if (running.draining()) {
            builder.message("stopping").down();
        } else if (!running.reach().anybody()) {
            builder.message("No chain has a link that can be asked. "
                            + String.join(" ", running.serving().loaded().warnings()))
                    .down();
        } else if (!ledger.ready()) {
            builder.message("The ledger has not answered since the start: " + ledger.said())
                    .down();
        } else if (running.problem() == null) {
            if (ledger.said() != null) {
                builder.message("Ledger: " + ledger.said());
            }
            builder.up();
        } else {
            builder.message("An edit was rejected; version " + running.version() + " stays in service. "
                            + running.problem())
                    .up();
        }
    }
}
