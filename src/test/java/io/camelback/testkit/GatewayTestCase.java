package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.config.Deployment;
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
import java.util.stream.Stream;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.util.TimeValue;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One gateway for all tests of a class. Before each test its providers are well, nothing cools down and every breaker
 * is closed; after each test nothing may be left running, and no secret may stand in the log.
 */
public final class GatewayTestCase
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** What an error body may hold and nobody may ever see. */
    public static final String CANARY = "sk-canary-123 at http://evil.example/?key=sk-canary-123";
    /** How long anything may take that should happen at once. */
    public static final Duration SOON = Duration.ofSeconds(5);

    private final UnaryOperator<String> edit;
    private final Map<String, String> more = new HashMap<>();
    private final Map<String, Integer> askedBefore = new HashMap<>();
    private final Queue<RequestRecord> records = new ConcurrentLinkedQueue<>();
    private final LogLines lines = new LogLines();
    private Path folder;
    private RunningGateway gateway;
    private GatewayLeaks leaks;

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
        leaks = new GatewayLeaks(gateway);
        gateway.standalone.gateway().requests().listen(records::add);
        lines.listen();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        for (SimulatedProvider provider : gateway.lab.providers()) {
            provider.script().clear();
            provider.answer(SimulatedCompletion.hello());
        }
        // A request that meets a dead connection of the test before would be sent twice.
        ((ConnPoolControl<?>) GatewayLeaks.client(gateway).connections().pool()).closeIdle(TimeValue.ZERO_MILLISECONDS);
        clearFailures();
        for (Deployment deployment : deployments().values()) {
            askedBefore.put(deployment.name(), provider(deployment.name()).count(deployment.model()));
        }
        lines.clear();
        records.clear();
    }

    /** Ends cooldowns and closes breakers. */
    public void clearFailures() {
        gateway.vitals.cooldowns().all().keySet().forEach(gateway.vitals.cooldowns()::clear);
        deployments()
                .values()
                .forEach(deployment -> gateway.vitals.breakers().of(deployment).reset());
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
        leaks.assertNone();
        leaks.assertNothingIsTold(log());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        lines.close();
        try {
            leaks.assertNoSecretWasKept();
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

    /** What the gateway has noted of the requests of this test so far, oldest first. */
    public List<RequestRecord> records() {
        return List.copyOf(records);
    }

    /** For tests of several parts: what was noted so far is of no interest to the next. */
    public void forgetRecords() {
        records.clear();
    }

    /** Waits until the ledger holds what this SQL counts. */
    public void awaitRow(String sql) {
        soon("a row in the ledger").until(() -> LedgerSamples.number(gateway.ledger(), sql) > 0);
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
    public void coolDown(List<String> deployments) {
        deployments.forEach(name -> gateway.vitals.cooldowns().coolDown(name, Duration.ofMinutes(10), "by the test"));
    }

    public boolean coolingDown(String name) {
        return gateway.vitals.cooldowns().cooldown(name).isPresent();
    }

    /** The log's lines since the test began, stack traces included. */
    public List<String> log() {
        return lines.all();
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
        lines.forget("failed inside the gateway");
    }
}
