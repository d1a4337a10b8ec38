package io.camelback.camel;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.ConfigException;
import io.camelback.observe.Observation;
import io.camelback.observe.TraceExport;
import io.camelback.resilience.Vitals;
import io.camelback.routing.TokenEstimate;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;

/**
 * The gateway as a program of its own: camel-main with its HTTP server and management port, and behind them the bundle of a
 * folder, which it serves and follows as it is edited.
 */
public final class Standalone implements AutoCloseable {
    /** The largest request that is explained, in bytes. */
    private static final long MOST_EXPLAINED = 32L << 20;
    private final Main main = new Main();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Vertx vertx;
    private Gateway gateway;
    private LivePages live;
    private Accounts accounts = Accounts.none();

    private Standalone() { }

    /**
     * Starts to serve.
     *
     * @param home           the folder with {@code routes/}, {@code kamelets/} and {@code config/}
     * @param port           the API's port; 0 for any free one
     * @param managementPort the port for health and metrics, on loopback; 0 for any free one
     * @param environment    where providers' keys and addresses come from
     * @param vitals         what is known about the providers, and the time; closed with the gateway
     * @throws ConfigException when the configuration is wrong, before anything listens
     * @throws BindException   when a port is taken
     * @throws HostRefused     when others than this machine would reach it, and there are no client keys
     * @throws io.camelback.ledger.LedgerRefused when the ledger is in use by another gateway, damaged, or of a newer version
     */
    public static Standalone start(Path home, String host, int port, int managementPort, Function<String, String> environment,
            Vitals vitals) throws Exception {
        CamelbackConfig config = BundleFiles.config(home, environment);
        Standalone standalone = new Standalone();
        try {
            standalone.run(home, host, port, managementPort, environment, config, vitals);
            return standalone;
        } catch (Exception e) {
            standalone.close();
            throw e;
        }
    }

    /** On the system's clock. */
    public static Standalone start(Path home, String host, int port, int managementPort, Function<String, String> environment)
            throws Exception {
        return start(home, host, port, managementPort, environment, Vitals.create(Clock.systemUTC()));
    }

    private void run(Path home, String host, int port, int managementPort, Function<String, String> environment,
            CamelbackConfig config, Vitals vitals) throws Exception {
        int management = apart(port, managementPort);
        mustBeFree(host, port);
        mustBeFree("127.0.0.1", management);
        vertx = Threads.vertx(config.server().workers());
        // The tokenizer takes a second to load, in which a first stream would seem to stall.
        vitals.alarms().execute(() -> TokenEstimate.of("\u2026"));
        accounts = Accounts.open(config.ledger(), home, vitals);
        HostRefused.check(host, accounts, config.keysRequired());
        main.setPropertyPlaceholderLocations("file:" + home.resolve("config/application.properties") + ";optional=true");
        main.addOverrideProperty("camel.server.enabled", "true");
        main.addOverrideProperty("camel.server.host", host);
        main.addOverrideProperty("camel.server.port", String.valueOf(port));
        main.addOverrideProperty("camel.management.port", String.valueOf(management));
        main.addOverrideProperty("camel.main.name", "camelback");
        main.addOverrideProperty("camel.main.jmxEnabled", "false");
        main.configure().setRoutesIncludePattern("false");
        main.configure().setBasePackageScanEnabled(false);
        main.bind("vertx", HttpServers.limited(vertx, config.server().timeouts(), config.bounds().requestHead()));
        main.bind(CamelbackPlugin.INSTALLED, Boolean.TRUE);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        main.bind("metricsRegistry", meters);
        BundleHealth health = new BundleHealth();
        main.bind("camelback-health", health);
        main.init();
        main.start();
        Observation observation = Observations.of(vitals, meters, TraceExport.of(environment));
        gateway = Gateway.open(home, router(VertxPlatformHttpRouter.SERVER_TYPE_SERVER), vitals, observation, accounts, environment);
        health.watch(gateway);
        accounts.budgets().ifPresent(budgets -> {
            observation.listenServing(new BudgetGauges(budgets, meters));
            accounts.ledger().ifPresent(ledger -> LedgerMeters.register(ledger, budgets, meters));
        });
        Management pages = new Management(router(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT),
                new ManagementAccess(environment.apply(ManagementAccess.TOKEN)));
        live = new LivePages(pages, gateway, vertx);
        pages.post("/v1/explain", MOST_EXPLAINED, question ->
                gateway.serving().explainer().before(question.body(), question.query().get("door")));
        pages.get("/v1/explain", question -> Explainer.after(gateway.requests().recent(), accounts.ledger(),
                question.query().getOrDefault("id", "")));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopByHook, "camelback-stop"));
    }

    /** Given one port for both, Camel serves both there, and health and metrics are not for callers. */
    private static int apart(int port, int managementPort) throws IOException {
        if (port != managementPort) {
            return managementPort;
        }
        if (port != 0) {
            throw new IllegalArgumentException("The API and its management need a port each, not both " + port);
        }
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Asked first, because Camel only logs that it could not listen, and goes on as if it did. */
    private static void mustBeFree(String host, int port) throws IOException {
        try {
            new ServerSocket(port, 1, InetAddress.getByName(host)).close();
        } catch (BindException e) {
            throw new BindException("Port " + port + " of " + host + " is taken by another program."
                    + " Stop that, or take another port.");
        }
    }

    private VertxPlatformHttpRouter router(String type) {
        CamelContext context = main.getCamelContext();
        return context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .filter(router -> type.equals(router.getServerType())).findFirst()
                .orElseThrow(() -> new IllegalStateException("The HTTP server did not start"));
    }

    private void stopByHook() {
        stop.countDown();
        try {
            stopped.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the program is told to stop. */
    public void awaitStop() throws InterruptedException {
        stop.await();
    }

    public int port() {
        return router(VertxPlatformHttpRouter.SERVER_TYPE_SERVER).getServer().getPort();
    }

    public int managementPort() {
        return router(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT).getServer().getPort();
    }

    public Gateway gateway() {
        return gateway;
    }

    /** Takes no new requests, lets those under way finish, and stops. */
    @Override
    public void close() {
        try {
            if (live != null) {
                live.close();
            }
            if (gateway != null) {
                gateway.close();
            }
            main.stop();
            if (vertx != null) {
                vertx.close();
            }
        } finally {
            accounts.close();
            stopped.countDown();
        }
    }
}
