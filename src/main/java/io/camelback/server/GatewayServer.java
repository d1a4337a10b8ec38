package io.camelback.server;

import io.camelback.camel.accounting.BudgetGauges;
import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.bundle.BundleLocation;
import io.camelback.camel.bundle.CamelbackPlugin;
import io.camelback.camel.bundle.TelemetryFactory;
import io.camelback.camel.explain.RouteExplainer;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.ServerSettings;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.http.VertxFactory;
import io.camelback.server.http.VertxServerLimits;
import io.camelback.server.management.ManagementApi;
import io.camelback.server.management.ManagementAuthorizer;
import io.camelback.server.management.ManagementRouter;
import io.camelback.server.reload.BundleHealthCheck;
import io.camelback.server.reload.ReloadingGateway;
import io.camelback.telemetry.Telemetry;
import io.camelback.telemetry.trace.TraceExporter;
import io.camelback.tokens.TokenEstimate;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;

/**
 * The gateway as a standalone program: camel-main with its HTTP server and management port, and a bundle folder that is
 * reloaded when it is edited.
 */
public final class GatewayServer implements AutoCloseable {
    /** The largest request that is explained, in bytes. */
    private static final long MOST_EXPLAINED = 32L << 20;
    /** What the end of a stop takes beside its delay and its grace. */
    private static final Duration HOOK_SLACK = Duration.ofSeconds(15);

    private final Main main = new Main();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean delayed;
    private VertxServerLimits servers;
    private ProbeServer probes;
    private Vertx vertx;
    private volatile ReloadingGateway gateway;
    private ManagementApi live;
    private PersistenceServices accounts = PersistenceServices.none();

    private GatewayServer() {}

    /**
     * Starts to serve.
     *
     * @param home the folder with {@code routes/}, {@code kamelets/} and {@code config/}
     * @param addresses where it listens
     * @param environment where providers' keys and addresses come from
     * @param runtime what is known about the providers, and the time; closed with the gateway
     * @throws io.camelback.config.yaml.ConfigException when the configuration is wrong, before anything listens
     * @throws BindException when a port is taken
     * @throws InsecureBindException when others than this machine would reach it, and there are no client keys, or no
     *     management token
     * @throws io.camelback.ledger.LedgerRefusedException when the ledger is in use by another gateway, damaged, or of a
     *     newer version
     */
    public static GatewayServer start(
            Path home, ListenAddresses addresses, Function<String, String> environment, GatewayRuntime runtime)
            throws Exception {
        CamelbackConfig config = BundleLocation.config(home, environment);
        GatewayServer standalone = new GatewayServer();
        try {
            standalone.run(home, addresses, environment, config, runtime);
            return standalone;
        } catch (Exception e) {
            standalone.close();
            throw e;
        }
    }

    /** With the management port on loopback, and no probe port. Port 0 is any free one. */
    public static GatewayServer start(
            Path home,
            String host,
            int port,
            int managementPort,
            Function<String, String> environment,
            GatewayRuntime runtime)
            throws Exception {
        return start(home, ListenAddresses.of(host, port, managementPort), environment, runtime);
    }

    /** On the system's clock. */
    public static GatewayServer start(
            Path home, String host, int port, int managementPort, Function<String, String> environment)
            throws Exception {
        return start(home, host, port, managementPort, environment, GatewayRuntime.create(Clock.systemUTC()));
    }

    private void run(
            Path home,
            ListenAddresses addresses,
            Function<String, String> environment,
            CamelbackConfig config,
            GatewayRuntime runtime)
            throws Exception {
        int management = addresses.separateManagementPort();
        String token = environment.apply(ManagementAuthorizer.TOKEN);
        InsecureBindException.checkManagement(addresses.managementHost(), token);
        ListenAddresses.requireFree(addresses.host(), addresses.port());
        ListenAddresses.requireFree(addresses.managementHost(), management);
        vertx = VertxFactory.vertx(config.server().workers());
        servers = new VertxServerLimits(config.server(), config.bounds().requestHead(), runtime.nanoTime());
        BundleHealthCheck health = new BundleHealthCheck();
        if (addresses.probePort() != null) {
            ListenAddresses.requireFree(addresses.probeHost(), addresses.probePort());
            probes = ProbeServer.start(servers.limited(vertx), health, addresses.probeHost(), addresses.probePort());
        }
        // The tokenizer takes a second to load, in which a first stream would seem to stall.
        runtime.alarms().execute(() -> TokenEstimate.of("\u2026"));
        accounts = PersistenceServices.open(config.ledger(), home, runtime);
        InsecureBindException.check(addresses.host(), accounts, config.keysRequired());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        listen(home, addresses, management, health, meters);
        ManagementRouter pages = new ManagementRouter(
                router(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT), new ManagementAuthorizer(token));
        pages.guardAll();
        pages.status("/observe/health/startup", health::started);
        Telemetry telemetry = TelemetryFactory.of(runtime, meters, TraceExporter.of(environment));
        gateway = ReloadingGateway.open(
                home, router(VertxPlatformHttpRouter.SERVER_TYPE_SERVER), runtime, telemetry, accounts, environment);
        health.watch(gateway);
        accounts.budgets().ifPresent(budgets -> {
            telemetry.listenServing(new BudgetGauges(budgets, meters));
            accounts.ledger().ifPresent(ledger -> LedgerMetrics.register(ledger, budgets, meters));
        });
        live = new ManagementApi(pages, gateway, vertx);
        pages.post(
                "/v1/explain",
                MOST_EXPLAINED,
                question -> gateway.serving()
                        .explainer()
                        .before(question.body(), question.query().get("endpoint")));
        pages.get(
                "/v1/explain",
                question -> RouteExplainer.after(
                        gateway.requests().recent(),
                        accounts.ledger(),
                        question.query().getOrDefault("id", "")));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopByHook, "camelback-stop"));
    }

    /** Lets Camel listen on the API's and the management port; no request is taken yet. */
    private void listen(
            Path home,
            ListenAddresses addresses,
            int managementPort,
            BundleHealthCheck health,
            PrometheusMeterRegistry meters)
            throws Exception {
        main.setPropertyPlaceholderLocations(
                "file:" + home.resolve("config/application.properties") + ";optional=true");
        main.addOverrideProperty("camel.server.enabled", "true");
        main.addOverrideProperty("camel.server.host", addresses.host());
        main.addOverrideProperty("camel.server.port", String.valueOf(addresses.port()));
        main.addOverrideProperty("camel.management.host", addresses.managementHost());
        main.addOverrideProperty("camel.management.port", String.valueOf(managementPort));
        main.addOverrideProperty("camel.main.name", "camelback");
        main.addOverrideProperty("camel.main.jmxEnabled", "false");
        main.configure().setRoutesIncludePattern("false");
        main.configure().setBasePackageScanEnabled(false);
        main.bind("vertx", servers.limited(vertx));
        main.bind(CamelbackPlugin.INSTALLED, Boolean.TRUE);
        main.bind("metricsRegistry", meters);
        main.bind("camelback-health", health);
        main.init();
        main.start();
    }

    private VertxPlatformHttpRouter router(String type) {
        CamelContext context = main.getCamelContext();
        return context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .filter(router -> type.equals(router.getServerType()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The HTTP server did not start"));
    }

    /** What the management port answers, each as {@code GET /api/state}, in no order. */
    public List<String> managementRoutes() {
        return router(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT).getRoutes().stream()
                .filter(route -> route.getPath() != null && route.methods() != null)
                .flatMap(route -> route.methods().stream().map(method -> method.name() + " " + route.getPath()))
                .distinct()
                .toList();
    }

    /** The JVM ends; it does so when this returns. */
    private void stopByHook() {
        requestStop(true);
        try {
            ServerSettings server = gateway.serving().loaded().config().server();
            stopped.await(
                    server.stopDelay().plus(server.stopGrace()).plus(HOOK_SLACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Tells the program to stop, which is up to whoever waits in {@link #awaitStop}. A second call hastens a stop under
     * way: it skips what remains of the delay and of the time that requests have to finish.
     *
     * @param delayed whether new requests are served for the configuration's {@code stop-delay} first, for load
     *     balancers that learn only slowly that this gateway goes away
     */
    public synchronized void requestStop(boolean delayed) {
        if (stop.getCount() == 0) {
            if (gateway != null) {
                gateway.hasten();
            }
            return;
        }
        this.delayed = delayed;
        stop.countDown();
    }

    /** Waits until the program is told to stop. */
    public void awaitStop() throws InterruptedException {
        stop.await();
    }

    public int port() {
        return router(VertxPlatformHttpRouter.SERVER_TYPE_SERVER).getServer().getPort();
    }

    public int managementPort() {
        return router(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT)
                .getServer()
                .getPort();
    }

    public ReloadingGateway gateway() {
        return gateway;
    }

    /** The port of the probes; empty without one. */
    public OptionalInt probePort() {
        return probes == null ? OptionalInt.empty() : OptionalInt.of(probes.port());
    }

    /**
     * Stops: at once for new requests, unless it was {@linkplain #requestStop asked} to serve them for a while;
     * requests under way may finish, and the ledger is closed last.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            if (gateway != null) {
                Duration delay =
                        delayed ? gateway.serving().loaded().config().server().stopDelay() : Duration.ZERO;
                gateway.drain(delay, servers);
            }
            if (live != null) {
                live.close();
            }
            if (gateway != null) {
                gateway.close();
            }
            main.stop();
            if (probes != null) {
                probes.close();
            }
            if (vertx != null) {
                vertx.close();
            }
        } finally {
            accounts.close();
            stopped.countDown();
        }
    }
}
