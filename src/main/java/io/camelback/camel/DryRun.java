package io.camelback.camel;

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

    /** What Camel or the bundle itself refuses; empty when it would be taken. */
    public static Optional<String> problem(Path home, Function<String, String> environment) {
        try (Vitals vitals = Vitals.create(Clock.systemUTC()); DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind(CamelbackPlugin.INSTALLED, Boolean.TRUE);
            context.getPropertiesComponent().setLocation("file:" + home.resolve("config/application.properties") + ";optional=true");
            context.build();
            new Bundle(context, BundleFiles.in(home), vitals, new RequestLog(), Accounts.NONE, 1).install(environment, file -> true);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.getMessage());
        } catch (Exception e) {
            return Optional.of(Gateway.said(e));
        }
    }
}
