package io.camelback.camel.bundle;

import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.LedgerSettings;
import io.camelback.config.LoadedConfig;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.Telemetry;
import io.camelback.telemetry.record.ActiveRevision;
import io.camelback.telemetry.trace.RequestTracer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the bundle into any Camel runtime that has the jar on its class path: {@code direct:chat}, the chains, the
 * Kamelets. Providers' keys and addresses come from the runtime's properties or the environment. The property
 * {@code camelback.enabled=false} turns it off; {@code camelback.http.enabled=true} brings the HTTP endpoints as well.
 */
public final class CamelbackPlugin implements ContextServicePlugin {
    /** Bound in contexts that have the bundle already, or are to have none. */
    public static final String INSTALLED = "camelback-installed";

    private static final String DELIVERY = "camelback-delivery";
    private static final String OBSERVATION = "camelback-observation";
    private static final String VITALS = "camelback-vitals";
    private static final String ACCOUNTS = "camelback-accounts";
    private static final Logger LOG = LoggerFactory.getLogger(CamelbackPlugin.class);

    @Override
    public void load(CamelContext context) {
        if (context.getRegistry().lookupByName(INSTALLED) != null) {
            return;
        }
        context.getRegistry().bind(INSTALLED, Boolean.TRUE);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextInitializing(CamelContext host) {
                install(host);
            }

            @Override
            public void onContextStopped(CamelContext host) {
                Telemetry telemetry = host.getRegistry().lookupByNameAndType(OBSERVATION, Telemetry.class);
                if (telemetry != null) {
                    telemetry.close();
                    host.getRegistry()
                            .lookupByNameAndType(DELIVERY, EventRouteDispatcher.class)
                            .close();
                }
                GatewayRuntime runtime = host.getRegistry().lookupByNameAndType(VITALS, GatewayRuntime.class);
                if (runtime != null) {
                    runtime.close();
                }
                PersistenceServices accounts =
                        host.getRegistry().lookupByNameAndType(ACCOUNTS, PersistenceServices.class);
                if (accounts != null) {
                    accounts.close();
                }
            }
        });
    }

    private static void install(CamelContext host) {
        if (!property(host, "camelback.enabled", true)) {
            return;
        }
        boolean http = property(host, "camelback.http.enabled", false);
        GatewayRuntime runtime = GatewayRuntime.create(Clock.systemUTC());
        host.getRegistry().bind(VITALS, runtime);
        Telemetry telemetry = TelemetryFactory.of(runtime, meters(host), RequestTracer.OFF);
        host.getRegistry().bind(OBSERVATION, telemetry);
        EventRouteDispatcher delivery = new EventRouteDispatcher(() -> host);
        host.getRegistry().bind(DELIVERY, delivery);
        telemetry.events().listen(delivery::accept);
        try {
            BundleLocation files = BundleLocation.onClassPath();
            PersistenceServices accounts =
                    accounts(files.config(host, environment(host)).config(), runtime);
            host.getRegistry().bind(ACCOUNTS, accounts);
            BundleInstaller bundle = new BundleInstaller(host, files, runtime, telemetry.requests(), accounts, 1);
            LoadedConfig loaded =
                    bundle.install(environment(host), file -> http || !BundleLocation.isHttpEndpoint(file));
            ActiveRevision serving = new ActiveRevision(1, loaded.config(), bundle.chains(), loaded.warnings());
            telemetry.serving(serving);
            host.getRegistry().bind("camelback-health", new HostHealthCheck(serving, runtime, accounts));
            loaded.warnings().forEach(LOG::warn);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "Camelback could not be brought into " + host.getName() + ": " + StartupErrors.describe(e), e);
        }
    }

    /** Inside a host there is a ledger only where the configuration names one. */
    private static PersistenceServices accounts(CamelbackConfig config, GatewayRuntime runtime) {
        LedgerSettings ledger = config.ledger();
        if (ledger.kind() == LedgerSettings.Kind.USUAL && (config.spending().limits() || config.keysRequired())) {
            throw new IllegalStateException("There are budgets or client keys, which stand in the ledger: name one in "
                    + CamelbackConfig.FILE + ", such as ledger: { file: /var/lib/camelback/ledger.db }");
        }
        try {
            return ledger.kind() == LedgerSettings.Kind.USUAL
                    ? PersistenceServices.none()
                    : PersistenceServices.open(ledger, Path.of(""), runtime);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "The ledger that " + CamelbackConfig.FILE + " names needs libraries that are missing here ("
                            + e.getMessage()
                            + "). Add com.zaxxer:HikariCP, org.flywaydb:flyway-core and the driver: org.xerial:sqlite-jdbc, or"
                            + " org.postgresql:postgresql with org.flywaydb:flyway-database-postgresql.",
                    e);
        }
    }

    /** The host's own metrics, when it has any. */
    private static MeterRegistry meters(CamelContext host) {
        MeterRegistry found = host.getRegistry().findSingleByType(MeterRegistry.class);
        return found == null ? new CompositeMeterRegistry() : found;
    }

    private static boolean property(CamelContext host, String name, boolean otherwise) {
        return host.getPropertiesComponent()
                .resolveProperty(name)
                .map(Boolean::parseBoolean)
                .orElse(otherwise);
    }

    private static Function<String, String> environment(CamelContext host) {
        return name -> {
            Optional<String> property = host.getPropertiesComponent().resolveProperty(name);
            return property.orElseGet(() -> System.getenv(name));
        };
    }
}
