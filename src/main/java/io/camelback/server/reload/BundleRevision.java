package io.camelback.server.reload;

import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.bundle.BundleInstaller;
import io.camelback.camel.bundle.BundleLocation;
import io.camelback.camel.bundle.CamelbackPlugin;
import io.camelback.camel.explain.RouteExplainer;
import io.camelback.camel.request.ActiveRequests;
import io.camelback.config.LoadedConfig;
import io.camelback.memory.MemoryBudget;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.http.MeteredBody;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.record.ActiveRevision;
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
 * The bundle as it was at one moment: configuration, Kamelets and routes in a Camel context of their own, behind a
 * router of their own. An edit makes a new generation beside the one that serves; requests under way finish on the one
 * they began with.
 */
public final class BundleRevision implements AutoCloseable {
    private final int number;
    private final Main main;
    private final Router router;
    private LoadedConfig loaded;
    private RouteExplainer explainer;
    private ActiveRevision serving;
    private ActiveRequests open = new ActiveRequests();

    private BundleRevision(int number, Main main, Router router) {
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
    static BundleRevision start(
            int number,
            Path home,
            VertxPlatformHttpRouter server,
            GatewayRuntime runtime,
            RequestLog requests,
            PersistenceServices accounts,
            Function<String, String> environment)
            throws Exception {
        Main main = new Main();
        // The usual one hooks into the JVM's end, for ever: it would keep every generation that was.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        Router router = Router.router(server.vertx());
        BundleRevision generation = new BundleRevision(number, main, router);
        main.setPropertyPlaceholderLocations(
                "file:" + home.resolve("config/application.properties") + ";optional=true");
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
                generation.install(support.getCamelContext(), home, server, runtime, requests, accounts, environment);
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

    private void install(
            CamelContext context,
            Path home,
            VertxPlatformHttpRouter server,
            GatewayRuntime runtime,
            RequestLog requests,
            PersistenceServices accounts,
            Function<String, String> environment) {
        String name =
                VertxPlatformHttpRouter.getRouterNameFromPort(server.getServer().getPort());
        try {
            BodyLimit limit = new BodyLimit(runtime.memory());
            context.getRegistry()
                    .bind(
                            name,
                            new VertxPlatformHttpRouter(
                                    server.getServer(),
                                    server.vertx(),
                                    router,
                                    name,
                                    VertxPlatformHttpRouter.SERVER_TYPE_SERVER) {
                                @Override
                                public Handler<RoutingContext> bodyHandler() {
                                    return limit.handler();
                                }
                            });
            BundleInstaller bundle =
                    new BundleInstaller(context, BundleLocation.in(home), runtime, requests, accounts, number);
            loaded = bundle.install(environment, file -> true);
            explainer = bundle.explainer();
            open = bundle.activeRequests();
            serving = new ActiveRevision(number, loaded.config(), bundle.chains(), loaded.warnings());
            limit.bytes = loaded.config().server().maxBodyBytes();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Known only when the configuration has been read, which is before the endpoints start. */
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

    public LoadedConfig loaded() {
        return loaded;
    }

    ActiveRevision serving() {
        return serving;
    }

    public RouteExplainer explainer() {
        return explainer;
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    /** How many requests are still on their way through this generation. */
    public int inFlight() {
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
