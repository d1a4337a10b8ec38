package io.camelback.camel;

import io.camelback.config.ConfigException;
import io.camelback.key.WrongKeys;
import io.camelback.lint.BundleTexts;
import io.camelback.lint.Finding;
import io.camelback.lint.Linter;
import io.camelback.observe.Observation;
import io.camelback.observe.RequestLog;
import io.camelback.resilience.Vitals;
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
 * The gateway while it runs: the generation that serves, and what follows from an edit of its files. A good edit serves within
 * two seconds; a bad one is reported, and the version before it goes on.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration LOOK = Duration.ofMillis(300);

    private final Path home;
    private final VertxPlatformHttpRouter server;
    private final Vitals vitals;
    private final Function<String, String> environment;
    private final Observation observation;
    private final EventDelivery delivery = new EventDelivery(this::context);
    private final Accounts accounts;
    private final HttpGuard guard;
    private final ShutdownSequence shutdown;
    private final List<Generation> retired = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "camelback-reload");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Generation serving;
    private volatile String problem;
    private Snapshot tried;
    private List<Finding> linted = List.of();

    private Gateway(Path home, VertxPlatformHttpRouter server, Vitals vitals, Observation observation, Accounts accounts,
            Function<String, String> environment) {
        this.home = home;
        this.server = server;
        this.vitals = vitals;
        this.observation = observation;
        this.accounts = accounts;
        this.environment = environment;
        observation.events().listen(delivery::accept);
        this.shutdown = new ShutdownSequence(vitals.nanoTime());
        this.guard = new HttpGuard(Doors::at, this::router, shutdown,
                () -> serving.loaded().config().server().timeouts().body(),
                new Doorkeeper(accounts.keys().orElse(null), () -> serving.loaded().config().keysRequired()),
                new WrongKeys(vitals.nanoTime()));
    }

    /**
     * Starts to serve the bundle in a folder behind an HTTP server that listens already.
     *
     * @throws ConfigException with every problem of the configuration
     */
    static Gateway open(Path home, VertxPlatformHttpRouter server, Vitals vitals, Observation observation, Accounts accounts,
            Function<String, String> environment) throws Exception {
        Gateway gateway = new Gateway(home, server, vitals, observation, accounts, environment);
        gateway.guard.attach(server);
        gateway.tried = Snapshot.of(home);
        gateway.serving = gateway.build(1);
        observation.serving(gateway.serving.serving());
        accounts.tell(observation.events(), () -> gateway.serving.loaded().config(), vitals.clock());
        gateway.serving.loaded().warnings().forEach(LOG::warn);
        gateway.lint();
        gateway.watcher.scheduleWithFixedDelay(gateway::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return gateway;
    }

    private Router router() {
        Generation generation = serving;
        return generation == null ? null : generation.router();
    }

    private CamelContext context() {
        Generation generation = serving;
        return generation == null ? null : generation.context();
    }

    private Generation build(int number) throws Exception {
        Generation generation = Generation.start(number, home, server, vitals, requests(), accounts, environment);
        guard.errorsOf(generation.router());
        return generation;
    }

    private void look() {
        try {
            retireFinished();
            Snapshot now = Snapshot.of(home);
            if (!now.equals(tried)) {
                // An editor may still be writing: what is read must have stood still for one look.
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis() / 2);
                if (Snapshot.of(home).equals(now)) {
                    tried = now;
                    reload();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Looking for edits failed", e);
        }
    }

    private void reload() {
        Generation before = serving;
        try {
            Generation next = build(before.number() + 1);
            serving = next;
            problem = null;
            observation.serving(next.serving());
            retired.add(before);
            next.loaded().warnings().stream().filter(warning -> !before.loaded().warnings().contains(warning)).forEach(LOG::warn);
            lint();
            if (!next.loaded().config().ledger().equals(before.loaded().config().ledger())) {
                LOG.warn("Another ledger is kept only from the next start on; until then it is the one of before");
            }
            LOG.info("The edited routes, Kamelets and configuration serve now (version {})", next.number());
        } catch (Exception e) {
            problem = said(e);
            observation.rejected(problem);
            LOG.error("The edit was not taken; version {} goes on serving. {}", before.number(), problem);
        }
    }

    /** Tells what can be said against the files that serve now, and was not said before. */
    private void lint() {
        try {
            List<Finding> findings = Linter.lint(BundleTexts.of(home), environment);
            findings.stream().filter(finding -> !linted.contains(finding)).map(Finding::text).forEach(LOG::warn);
            linted = findings;
        } catch (IOException e) {
            LOG.warn("The files could not be linted: {}", e.getMessage());
        }
    }

    /** The innermost message is the one that names the file and what is wrong in it. */
    static String said(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof ConfigException) {
                return message;
            }
            if (message != null && !last.contains(message)) {
                text.append(text.isEmpty() ? "" : " Because: ").append(message);
                last = message;
            }
        }
        return text.isEmpty() ? thrown.toString() : text.toString();
    }

    private void retireFinished() {
        for (Generation generation : retired) {
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

    public Vitals vitals() {
        return vitals;
    }

    Accounts accounts() {
        return accounts;
    }

    /** Every request as it is done, whichever version served it. */
    public RequestLog requests() {
        return observation.requests();
    }

    /** What looks at its work. */
    public Observation observation() {
        return observation;
    }

    /** Who can be asked at all. */
    Reach reach() {
        return Reach.of(observation.serving(), vitals);
    }

    Generation serving() {
        return serving;
    }

    /** Whether it has been told to stop. */
    boolean draining() {
        return shutdown.draining();
    }

    /** A stop that is under way waits no longer for load balancers, nor for requests to finish. */
    void hasten() {
        shutdown.hasten();
    }

    /**
     * Takes no new request after the delay, lets those under way finish for as long as the configuration says, and ends the rest.
     *
     * @param delay   how long new requests are still served, while the gateway says that it is not ready
     * @param servers has the connections of callers
     */
    void drain(Duration delay, HttpServers servers) {
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
                retired.forEach(Generation::endCalls);
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
        observation.close();
        delivery.close();
        retired.forEach(Generation::close);
        serving.close();
        vitals.close();
    }

    private int inFlight() {
        return serving.inFlight() + retired.stream().mapToInt(Generation::inFlight).sum();
    }
}
