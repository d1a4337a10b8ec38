package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.ConfigException;
import io.camelback.observe.RequestLog;
import io.camelback.resilience.Vitals;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.impl.DefaultCamelContext;

/** Loads a bundle as a start would, and starts nothing. */
public final class DryRun {
    private DryRun() { }

    /**
     * What a request would come to with nothing parked and every breaker closed, by the files of a folder.
     *
     * @param door the dialect it is written in; null for OpenAI's
     * @throws io.camelback.dialect.InvalidRequest when it is no request
     */
    public static ObjectNode explain(Path home, Function<String, String> environment, byte[] request, String door)
            throws Exception {
        try (Vitals vitals = Vitals.create(Clock.systemUTC()); DefaultCamelContext context = new DefaultCamelContext()) {
            return installed(home, environment, vitals, context).explainer().before(request, door);
        }
    }

    private static Bundle installed(Path home, Function<String, String> environment, Vitals vitals, DefaultCamelContext context)
            throws Exception {
        context.getRegistry().bind(CamelbackPlugin.INSTALLED, Boolean.TRUE);
        context.getPropertiesComponent().setLocation("file:" + home.resolve("config/application.properties") + ";optional=true");
        context.build();
        Bundle bundle = new Bundle(context, BundleFiles.in(home), vitals, new RequestLog(), Accounts.dry(), 1);
        bundle.install(environment, file -> true);
        return bundle;
    }

    /** What Camel or the bundle itself refuses; empty when it would be taken. */
    public static Optional<String> problem(Path home, Function<String, String> environment) {
        try (Vitals vitals = Vitals.create(Clock.systemUTC()); DefaultCamelContext context = new DefaultCamelContext()) {
            installed(home, environment, vitals, context);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.getMessage());
        } catch (Exception e) {
            return Optional.of(Gateway.said(e));
        }
    }
}
