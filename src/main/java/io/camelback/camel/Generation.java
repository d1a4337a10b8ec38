package io.camelback.camel;

import io.camelback.config.Loaded;
import io.camelback.memory.MemoryBudget;
import io.camelback.observe.RequestLog;
import io.camelback.observe.Serving;
import io.camelback.resilience.Vitals;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * The bundle as it was at one moment: configuration, Kamelets and routes in a Camel context of their own, behind a router of
 * their own. An edit makes a new generation beside the one that serves; requests under way finish on the one they began with.
 */
final class Generation implements AutoCloseable {
    private final int number;
    private final Main main;
    private final Router router;
    private Loaded loaded;
    private Explainer explainer;
    private Serving serving;
    private OpenCalls open = new OpenCalls();

    private Generation(int number, Main main, Router router) {
        this.number = number;
        this.main = main;
        this.router = router;
    }

    /**
     * Builds and starts everything; nothing of it is seen by callers yet.
     *
     * @param server the router of the running HTTP server
     * @throws Exception when anything in the files is wrong; what was started is stopped again
     */
    static Generation start(int number, Path home, VertxPlatformHttpRouter server, Vitals vitals,
            RequestLog requests, Accounts accounts, Function<String, String> environment) throws Exception {
        Main main = new Main();
        // The usual one hooks into the JVM's end, for ever: it would keep every generation that was.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        Router router = Router.router(server.vertx());
        Generation generation = new Generation(number, main, router);
        main.setPropertyPlaceholderLocations("file:" + home.resolve("config/application.properties") + ";optional=true");
        for (String service : new String[] {"server", "management", "health", "metrics"}) {
            main.addOverrideProperty("camel." + service + ".enabled", "false");
        }
        main.addOverrideProperty("camel.main.name", "camelback-" + number);
        main.addOverrideProperty("camel.main.routesReloadEnabled", "false");
        main.addOverrideProperty("camel.main.jmxEnabled", "false");
        main.addOverrideProperty("camel.main.shutdownTimeout", "1");
        main.configure().setRoutesIncludePattern("false");
        main.configure().setBasePackageScanEnabled(false);
        main.bind(CamelbackPlugin.INSTALLED, Boolean.TRUE);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport support) {
                generation.install(support.getCamelContext(), home, server, vitals, requests, accounts, environment);
            }
        });
        try {
            main.init();
            main.start();
            return generation;
        } catch (Exception e) {
            generation.close();
            throw e;
        }
    }

    private void install(CamelContext context, Path home, VertxPlatformHttpRouter server, Vitals vitals,
            RequestLog requests, Accounts accounts, Function<String, String> environment) {
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(server.getServer().getPort());
        try {
            BodyLimit limit = new BodyLimit(vitals.memory());
            context.getRegistry().bind(name, new VertxPlatformHttpRouter(server.getServer(), server.vertx(), router, name,
                    VertxPlatformHttpRouter.SERVER_TYPE_SERVER) {
                @Override
                public Handler<RoutingContext> bodyHandler() {
                    return limit.handler();
                }
            });
            Bundle bundle = new Bundle(context, BundleFiles.in(home), vitals, requests, accounts, number);
            loaded = bundle.install(environment, file -> true);
            explainer = bundle.explainer();
            open = bundle.openCalls();
            serving = new Serving(number, loaded.config(), bundle.chains(), loaded.warnings());
            limit.bytes = loaded.config().server().maxBodyBytes();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Known only when the configuration has been read, which is before the doors start. */
    private static final class BodyLimit {
        private final MemoryBudget memory;
        private long bytes;

        BodyLimit(MemoryBudget memory) {
            this.memory = memory;
        }

        Handler<RoutingContext> handler() {
            BodyHandler handler = BodyHandler.create(false).setBodyLimit(bytes);
            return context -> {
                context.request().resume();
                MeteredBody.read(context, memory, handler);
            };
        }
    }

    int number() {
        return number;
    }

    Router router() {
        return router;
    }

    Loaded loaded() {
        return loaded;
    }

    Serving serving() {
        return serving;
    }

    Explainer explainer() {
        return explainer;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** How many requests are still on their way through this generation. */
    int inFlight() {
        CamelContext context = main.getCamelContext();
        return context == null ? 0 : context.getInflightRepository().size();
    }

    /** Ends what is still on its way, with an error. */
    void endCalls() {
        open.shutDown();
    }

    @Override
    public void close() {
        main.stop();
    }
}
