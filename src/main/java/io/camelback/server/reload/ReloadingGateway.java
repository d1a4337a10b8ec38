package io.camelback.server.reload;

import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.bundle.EventRouteDispatcher;
import io.camelback.camel.bundle.StartupErrors;
import io.camelback.camel.chain.ChainAvailability;
import io.camelback.camel.inbound.ApiKeyAuthenticator;
import io.camelback.camel.inbound.InboundEndpoints;
import io.camelback.clientkey.FailedAuthLimiter;
import io.camelback.concurrent.DaemonThreads;
import io.camelback.lint.BundleLinter;
import io.camelback.lint.BundleSources;
import io.camelback.lint.LintFinding;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.http.InboundHttpFilter;
import io.camelback.server.http.ResponsesWebSockets;
import io.camelback.server.http.ShutdownSequence;
import io.camelback.server.http.VertxServerLimits;
import io.camelback.telemetry.Telemetry;
import io.camelback.telemetry.log.RequestLog;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway while it runs: the generation that serves, and what follows from an edit of its files. A good edit serves
 * within two seconds; a bad one is reported, and the version before it goes on.
 */
public final class ReloadingGateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadingGateway.class);
    private static final Duration LOOK = Duration.ofMillis(300);

    private final Path home;
    private final VertxPlatformHttpRouter server;
    private final GatewayRuntime runtime;
    private final Function<String, String> environment;
    private final Telemetry telemetry;
    private final EventRouteDispatcher delivery = new EventRouteDispatcher(this::context);
    private final PersistenceServices accounts;
    private final InboundHttpFilter guard;
    private final ShutdownSequence shutdown;
    private final List<BundleRevision> retired = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watcher =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("camelback-reload"));
    private volatile BundleRevision serving;
    private volatile String problem;
    private FileSnapshot tried;
    private List<LintFinding> linted = List.of();

    private ReloadingGateway(
            Path home,
            VertxPlatformHttpRouter server,
            GatewayRuntime runtime,
            Telemetry telemetry,
            PersistenceServices accounts,
            Function<String, String> environment) {
        this.home = home;
        this.server = server;
        this.runtime = runtime;
        this.telemetry = telemetry;
        this.accounts = accounts;
        this.environment = environment;
        telemetry.events().listen(delivery::accept);
        this.shutdown = new ShutdownSequence(runtime.nanoTime());
        this.guard = new InboundHttpFilter(
                InboundEndpoints::at,
                this::router,
                shutdown,
                () -> serving.loaded().config().server().timeouts().body(),
                new ApiKeyAuthenticator(
                        accounts.keys().orElse(null),
                        () -> serving.loaded().config().keysRequired()),
                new FailedAuthLimiter(runtime.nanoTime()),
                new ResponsesWebSockets(
                        () -> serving.loaded().config().server().webSockets(), shutdown::draining, runtime.memory()));
    }

    /**
     * Starts to serve the bundle in a folder behind an HTTP server that listens already.
     *
     * @throws io.camelback.config.yaml.ConfigException with every problem of the configuration
     */
    public static ReloadingGateway open(
            Path home,
            VertxPlatformHttpRouter server,
            GatewayRuntime runtime,
            Telemetry telemetry,
            PersistenceServices accounts,
            Function<String, String> environment)
            throws Exception {
        ReloadingGateway gateway = new ReloadingGateway(home, server, runtime, telemetry, accounts, environment);
        gateway.guard.attach(server);
        gateway.tried = FileSnapshot.of(home);
        gateway.serving = gateway.build(1);
        telemetry.serving(gateway.serving.serving());
        accounts.publishEvents(
                telemetry.events(), () -> gateway.serving.loaded().config(), runtime.clock());
        gateway.serving.loaded().warnings().forEach(LOG::warn);
        gateway.lint();
        gateway.watcher.scheduleWithFixedDelay(gateway::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return gateway;
    }

    private Router router() {
        BundleRevision generation = serving;
        return generation == null ? null : generation.router();
    }

    private CamelContext context() {
        BundleRevision generation = serving;
        return generation == null ? null : generation.context();
    }

    private BundleRevision build(int number) throws Exception {
        BundleRevision generation =
                BundleRevision.start(number, home, server, runtime, requests(), accounts, environment);
        guard.errorsOf(generation.router());
        return generation;
    }

    private void look() {
        try {
            retireFinished();
            FileSnapshot now = FileSnapshot.of(home);
            if (!now.equals(tried)) {
                // An editor may still be writing: what is read must have stood still for one look.
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis() / 2);
                if (FileSnapshot.of(home).equals(now)) {
                    tried = now;
                    reload();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Checking the files for edits failed", e);
        }
    }

    private void reload() {
        BundleRevision before = serving;
        try {
            BundleRevision next = build(before.number() + 1);
            serving = next;
            problem = null;
            telemetry.serving(next.serving());
            retired.add(before);
            next.loaded().warnings().stream()
                    .filter(warning -> !before.loaded().warnings().contains(warning))
                    .forEach(LOG::warn);
            lint();
            if (!next.loaded().config().ledger().equals(before.loaded().config().ledger())) {
                LOG.warn(
                        "The ledger settings changed. The previous ledger stays in use; restart the gateway to apply the change");
            }
            LOG.info("Reloaded the edited routes, Kamelets and configuration (version {})", next.number());
        } catch (Exception e) {
            problem = StartupErrors.describe(e);
            telemetry.reloadRejected(problem);
            LOG.error("The edit was rejected; version {} stays in service. {}", before.number(), problem);
        }
    }

    /** Tells what can be said against the files that serve now, and was not said before. */
    private void lint() {
        try {
            List<LintFinding> findings = BundleLinter.lint(BundleSources.of(home), environment);
            findings.stream()
                    .filter(finding -> !linted.contains(finding))
                    .map(LintFinding::text)
                    .forEach(LOG::warn);
            linted = findings;
        } catch (IOException e) {
            LOG.warn("The files could not be linted: {}", e.getMessage());
        }
    }

    private void retireFinished() {
        for (BundleRevision generation : retired) {
            if (generation.inFlight() == 0) {
                retired.remove(generation);
                generation.close();
            }
        }
    }

    /** Which version serves, counting from 1. */
    public int version() {
        return serving.number();
    }

    /** What was wrong with the last edit; null when it was taken. */
    public String problem() {
        return problem;
    }

    public GatewayRuntime vitals() {
        return runtime;
    }

    public PersistenceServices accounts() {
        return accounts;
    }

    /** Every request as it is done, whichever version served it. */
    public RequestLog requests() {
        return telemetry.requests();
    }

    /** What looks at its work. */
    public Telemetry observation() {
        return telemetry;
    }

    /** Who can be asked at all. */
    ChainAvailability reach() {
        return ChainAvailability.of(telemetry.serving(), runtime);
    }

    public BundleRevision serving() {
        return serving;
    }

    /** Whether it has been told to stop. */
    boolean draining() {
        return shutdown.draining();
    }

    /** A stop that is under way waits no longer for load balancers, nor for requests to finish. */
    public void hasten() {
        shutdown.hasten();
    }

    /**
     * Takes no new request after the delay, lets those under way finish for as long as the configuration says, and ends
     * the rest.
     *
     * @param delay how long new requests are still served, while the gateway says that it is not ready
     * @param servers has the connections of callers
     */
    public void drain(Duration delay, VertxServerLimits servers) {
        int port = server.getServer().getPort();
        servers.stopping(shutdown::draining);
        watcher.shutdownNow();
        shutdown.run(delay, serving.loaded().config().server().stopGrace(), new ShutdownSequence.OpenRequests() {
            @Override
            public int count() {
                return Math.max(servers.underWay(port), inFlight());
            }

            @Override
            public void closeIdle() {
                servers.closeIdle(port);
            }

            @Override
            public void end() {
                retired.forEach(BundleRevision::endCalls);
                serving.endCalls();
            }

            @Override
            public void drop() {
                servers.drop(port);
            }
        });
    }

    /** Stops what is left; requests under way are cut off unless it was drained before. */
    @Override
    public void close() {
        watcher.shutdownNow();
        telemetry.close();
        delivery.close();
        retired.forEach(BundleRevision::close);
        serving.close();
        runtime.close();
    }

    private int inFlight() {
        return serving.inFlight()
                + retired.stream().mapToInt(BundleRevision::inFlight).sum();
    }
}
