package io.camelback.camel.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.config.yaml.ConfigException;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.log.RequestLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.impl.DefaultCamelContext;

/** Loads a bundle as a start would, and starts nothing. */
public final class BundleDryRun {
    private BundleDryRun() {}

    /**
     * What would happen to a request with no cooldown and every breaker closed, by the files of a folder.
     *
     * @param endpoint the API format it is written in; null for OpenAI's
     * @throws io.camelback.protocol.InvalidRequestException when it is no request
     */
    public static ObjectNode explain(Path home, Function<String, String> environment, byte[] request, String endpoint)
            throws Exception {
        try (GatewayRuntime runtime = GatewayRuntime.create(Clock.systemUTC());
                DefaultCamelContext context = new DefaultCamelContext()) {
            return installed(home, environment, runtime, context).explainer().before(request, endpoint);
        }
    }

    private static BundleInstaller installed(
            Path home, Function<String, String> environment, GatewayRuntime runtime, DefaultCamelContext context)
            throws Exception {
        context.getRegistry().bind(CamelbackPlugin.INSTALLED, Boolean.TRUE);
        context.getPropertiesComponent()
                .setLocation("file:" + home.resolve("config/application.properties") + ";optional=true");
        context.build();
        BundleInstaller bundle = new BundleInstaller(
                context, BundleLocation.in(home), runtime, new RequestLog(), PersistenceServices.dryRun(), 1);
        bundle.install(environment, file -> true);
        return bundle;
    }

    /** What Camel or the bundle itself refuses; empty when it would be taken. */
    public static Optional<String> problem(Path home, Function<String, String> environment) {
        try (GatewayRuntime runtime = GatewayRuntime.create(Clock.systemUTC());
                DefaultCamelContext context = new DefaultCamelContext()) {
            installed(home, environment, runtime, context);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.getMessage());
        } catch (Exception e) {
            return Optional.of(StartupErrors.describe(e));
        }
    }
}
