package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.camelback.camel.kamelet.UpstreamHttpClientConfigurer;
import io.camelback.config.Deployment;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.FaultScript;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.telemetry.record.RequestRecord;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.util.TimeValue;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * One gateway for all tests of a class. Before each test its providers are well, nothing is parked and every breaker is
 * closed; after each test nothing may be left running, and no secret may stand in the log.
 */
public final class GatewayTestCase
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** What an error body may hold and nobody may ever see. */
    public static final String CANARY = "sk-canary-123 at http://evil.example/?key=sk-canary-123";
    /** How long anything may take that should happen at once. */
    public static final Duration SOON = Duration.ofSeconds(5);

    private static final Pattern OUTCOME = Pattern.compile("^(req_\\w+) \\S+ -> \\d");

    private final UnaryOperator<String> edit;
    private final Map<String, String> more = new HashMap<>();
    private final Map<String, Integer> askedBefore = new HashMap<>();
    private final Queue<RequestRecord> records = new ConcurrentLinkedQueue<>();
    private final Lines lines = new Lines();
    private Path folder;
    private RunningGateway gateway;

    private GatewayTestCase(UnaryOperator<String> edit) {
        this.edit = edit;
    }

    /** The shipped configuration with the short timers of {@link RunningGateway#start(Path)}. */
    public static GatewayTestCase shipped() {
        return new GatewayTestCase(config -> config);
    }

    /** @param edit changes the text of config/camelback.yaml before the start */
    public static GatewayTestCase edited(UnaryOperator<String> edit) {
        return new GatewayTestCase(edit);
    }

    /** With one more route file, or another in its place. */
    public GatewayTestCase with(String path, String text) {
        more.put(path, text);
        return this;
    }

    /** Sets the timers for the first token and between tokens. */
    public static String patient(String config, Duration firstTokenAndIdle) {
        String millis = firstTokenAndIdle.toMillis() + "ms";
        return config.replace(
                "first-token: 500ms, idle: 500ms, total: 5s",
                "first-token: " + millis + ", idle: " + millis + ", total: 60s");
    }

    public static String withoutRetries(String config) {
        return config.replace("retry: { attempts: 2,", "retry: { attempts: 0,");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("camelback");
        gateway = RunningGateway.start(folder, edit, more);
        gateway.standalone.gateway().requests().listen(records::add);
        lines.start();
        root().addAppender(lines);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        for (SimulatedProvider provider : gateway.lab.providers()) {
            provider.script().clear();
            provider.answer(SimulatedCompletion.hello());
        }
        // A request that meets a dead connection of the test before would be sent twice.
        ((ConnPoolControl<?>) client().connections().pool()).closeIdle(TimeValue.ZERO_MILLISECONDS);
        gateway.vitals.cooldowns().all().keySet().forEach(gateway.vitals.cooldowns()::clear);
        for (Deployment deployment : deployments().values()) {
            gateway.vitals.breakers().of(deployment).reset();
            askedBefore.put(deployment.name(), provider(deployment.name()).count(deployment.model()));
        }
        lines.clear();
        records.clear();
    }

    /**
     * Between two parts of one test: what holds after each test holds here, and the next part begins as a test does.
     */
    public void again() {
        afterEach(null);
        beforeEach(null);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        soon("requests that are being answered")
                .until(() -> gateway.standalone.gateway().serving().inFlight() == 0);
        soon("calls in flight")
                .untilAsserted(
                        () -> assertThat(gateway.vitals.inFlight().running()).isEmpty());
        assertThat(gateway.vitals.inFlight().runningRetries())
                .as("calls that were sent again")
                .isZero();
        soon("connections that serve a call").until(() -> client().connections().leased() == 0);
        assertNoProbeIsOut();
        for (SimulatedProvider provider : gateway.lab.providers()) {
            soon("requests that " + provider.name() + " is still answering")
                    .until(() -> provider.received().stream().allMatch(received -> received.outcome() != null));
        }
        gateway.standalone
                .gateway()
                .accounts()
                .ledger()
                .ifPresent(ledger -> soon("money that is put aside")
                        .until(() -> LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_reservation") == 0));
        assertThat(outcomes())
                .as("outcomes of each request")
                .allSatisfy((id, count) -> assertThat(count).isEqualTo(1));
        assertThat(log())
                .as("secrets, a provider's words, and errors of our own")
                .noneMatch(line -> tellsTooMuch(line) || line.contains("failed inside the gateway"));
        assertThat(log())
                .as("Vert.x's word that an event loop was blocked")
                .noneMatch(line -> line.contains("has been blocked for"));
    }

    private static boolean tellsTooMuch(String text) {
        return text.contains("canary") || text.contains("evil.example") || text.contains("sim-");
    }

    /** What else leaves the gateway, or stays in it, than the log: metrics, the dashboard's data, and the ledger. */
    private void assertNoSecretWasKept() throws Exception {
        for (String path : List.of("/observe/metrics", "/api/state")) {
            String told = gateway.get(gateway.management(path)).body();
            assertThat(told.lines().filter(GatewayTestCase::tellsTooMuch))
                    .as("secrets in " + path)
                    .isEmpty();
        }
        gateway.standalone
                .gateway()
                .accounts()
                .ledger()
                .ifPresent(ledger -> assertThat(
                                LedgerSamples.number(
                                        ledger,
                                        "SELECT COUNT(*) FROM camelback_attempt WHERE why LIKE '%canary%' OR why LIKE '%evil.example%' OR why LIKE '%sim-%'"))
                        .as("secrets in the ledger")
                        .isZero());
    }

    private UpstreamHttpClientConfigurer client() {
        return gateway.standalone
                .gateway()
                .serving()
                .context()
                .getRegistry()
                .lookupByNameAndType("camelback-http", UpstreamHttpClientConfigurer.class);
    }

    /** A half-open breaker whose permit is lost would let nobody through any more. */
    private void assertNoProbeIsOut() {
        for (String name : deployments().keySet()) {
            CircuitBreaker breaker = breaker(name);
            if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
                assertThat(breaker.tryAcquirePermission())
                        .as("a permit for a probe of " + name)
                        .isTrue();
                breaker.releasePermission();
            }
        }
    }

    /** How many lines in the log say what became of a request, by its id. */
    private Map<String, Long> outcomes() {
        return log().stream()
                .map(OUTCOME::matcher)
                .filter(Matcher::find)
                .collect(Collectors.groupingBy(found -> found.group(1), Collectors.counting()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        root().detachAppender(lines);
        try {
            assertNoSecretWasKept();
        } finally {
            gateway.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Waits for what should be so at once. */
    public static ConditionFactory soon(String what) {
        return await(what).atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private Map<String, Deployment> deployments() {
        return gateway.standalone.gateway().serving().loaded().config().deployments();
    }

    /**
     * What the gateway has noted of the only request of this test, or the last one; it is noted just after its answer.
     */
    public RequestRecord record() {
        soon("the record of a request").until(() -> !records.isEmpty());
        return records.stream().reduce((one, other) -> other).orElseThrow();
    }

    /** Waits until the ledger holds what this SQL counts. */
    public void awaitRow(String sql) {
        Ledger ledger = gateway.standalone.gateway().accounts().ledger().orElseThrow();
        soon("a row in the ledger").until(() -> LedgerSamples.number(ledger, sql) > 0);
    }

    public RunningGateway gateway() {
        return gateway;
    }

    public HttpResponse<String> ask(String model, boolean stream, String... headers)
            throws IOException, InterruptedException {
        return gateway.ask(model, stream, headers);
    }

    /** The simulated provider behind a deployment. */
    public SimulatedProvider provider(String deployment) {
        return switch (deployments().get(deployment).provider().name()) {
            case "openai" -> gateway.lab.openAi();
            case "anthropic" -> gateway.lab.anthropic();
            case "gemini" -> gateway.lab.gemini();
            case "local" -> gateway.lab.local();
            default -> gateway.lab.compatible();
        };
    }

    /** What happens to the requests to one deployment. */
    public FaultScript script(String deployment) {
        return provider(deployment)
                .script()
                .forModel(deployments().get(deployment).model());
    }

    /** How often a deployment's model was asked in this test. */
    public int asked(String deployment) {
        return provider(deployment).count(deployments().get(deployment).model()) - askedBefore.get(deployment);
    }

    /**
     * How often any provider was asked in this test. Two deployments of one model count once: the provider sees no
     * difference.
     */
    public int askedAny() {
        Map<String, Integer> byModel = new HashMap<>();
        deployments()
                .forEach((name, deployment) ->
                        byModel.put(provider(name).name() + " " + deployment.model(), asked(name)));
        return byModel.values().stream().mapToInt(Integer::intValue).sum();
    }

    public boolean sameKey(String one, String other) {
        return deployments().get(one).provider().equals(deployments().get(other).provider());
    }

    /** What the simulated model behind a deployment says unless told otherwise. */
    public String hello(String deployment) {
        return "Hello from " + deployments().get(deployment).model() + ".";
    }

    public CircuitBreaker breaker(String deployment) {
        return gateway.vitals.breakers().of(deployments().get(deployment));
    }

    /** How many failures a deployment's breaker has counted. */
    public int failures(String deployment) {
        return breaker(deployment).getMetrics().getNumberOfFailedCalls();
    }

    /** Takes deployments out, so that a chain begins behind them. */
    public void park(List<String> deployments) {
        deployments.forEach(name -> gateway.vitals.cooldowns().coolDown(name, Duration.ofMinutes(10), "by the test"));
    }

    public boolean parked(String name) {
        return gateway.vitals.cooldowns().cooldown(name).isPresent();
    }

    /** The log's lines since the test began, stack traces included. */
    public List<String> log() {
        return List.copyOf(lines.all);
    }

    /** The line about a request is written just after its answer: waits for one that holds all of these. */
    public void awaitLog(String... parts) {
        soon("a line with " + String.join(", ", parts))
                .untilAsserted(() ->
                        assertThat(log()).anySatisfy(line -> assertThat(line).contains(parts)));
    }

    /** For tests whose matter are faults of the gateway's own: they may stand in the log until here. */
    public void forgetFaults() {
        soon("the end of all requests")
                .until(() -> gateway.standalone.gateway().serving().inFlight() == 0);
        lines.all.removeIf(line -> line.contains("failed inside the gateway"));
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            String thrown =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            all.add(event.getFormattedMessage() + thrown);
        }

        void clear() {
            all.clear();
        }
    }
}
