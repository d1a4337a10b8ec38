package io.camelback.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.camelback.config.Deployment;
import io.camelback.lab.Completion;
import io.camelback.lab.Script;
import io.camelback.lab.SimulatedProvider;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.Samples;
import io.camelback.observe.RequestRecord;
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
 * One gateway for all tests of a class. Before each test its providers are well, nothing is parked and every breaker is closed;
 * after each test nothing may be left running, and no secret may stand in the log.
 */
final class Drill implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** What an error body may hold and nobody may ever see. */
    static final String CANARY = "sk-canary-123 at http://evil.example/?key=sk-canary-123";
    /** How long anything may take that should happen at once. */
    static final Duration SOON = Duration.ofSeconds(5);

    private static final Pattern OUTCOME = Pattern.compile("^(req_\\w+) \\S+ -> \\d");

    private final UnaryOperator<String> edit;
    private final Map<String, String> more = new HashMap<>();
    private final Map<String, Integer> askedBefore = new HashMap<>();
    private final Queue<RequestRecord> records = new ConcurrentLinkedQueue<>();
    private final Lines lines = new Lines();
    private Path folder;
    private RunningGateway gateway;

    private Drill(UnaryOperator<String> edit) {
        this.edit = edit;
    }

    /** The shipped configuration with the short timers of {@link RunningGateway#start(Path)}. */
    static Drill shipped() {
        return new Drill(config -> config);
    }

    /** @param edit changes the text of config/camelback.yaml before the start */
    static Drill edited(UnaryOperator<String> edit) {
        return new Drill(edit);
    }

    /** With one more route file, or another in its place. */
    Drill with(String path, String text) {
        more.put(path, text);
        return this;
    }

    /** Sets the timers for the first token and between tokens. */
    static String patient(String config, Duration firstTokenAndIdle) {
        String millis = firstTokenAndIdle.toMillis() + "ms";
        return config.replace("first-token: 500ms, idle: 500ms, total: 5s",
                "first-token: " + millis + ", idle: " + millis + ", total: 60s");
    }

    static String withoutRetries(String config) {
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
            provider.answer(Completion.hello());
        }
        // A request that meets a dead connection of the test before would be sent twice.
        ((ConnPoolControl<?>) client().connections().pool()).closeIdle(TimeValue.ZERO_MILLISECONDS);
        gateway.vitals.parking().all().keySet().forEach(gateway.vitals.parking()::clear);
        for (Deployment deployment : deployments().values()) {
            gateway.vitals.breakers().of(deployment).reset();
            askedBefore.put(deployment.name(), provider(deployment.name()).count(deployment.model()));
        }
        lines.clear();
        records.clear();
    }

    /** Between two parts of one test: what holds after each test holds here, and the next part begins as a test does. */
    void again() {
        afterEach(null);
        beforeEach(null);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        soon("requests that are being answered").until(() -> gateway.standalone.gateway().serving().inFlight() == 0);
        soon("calls in flight").untilAsserted(() -> assertThat(gateway.vitals.inFlight().running()).isEmpty());
        assertThat(gateway.vitals.inFlight().runningAgain()).as("calls that were sent again").isZero();
        soon("connections that serve a call").until(() -> client().connections().leased() == 0);
        assertNoProbeIsOut();
        for (SimulatedProvider provider : gateway.lab.providers()) {
            soon("requests that " + provider.name() + " is still answering")
                    .until(() -> provider.received().stream().allMatch(received -> received.outcome() != null));
        }
        gateway.standalone.gateway().accounts().ledger().ifPresent(ledger -> soon("money that is put aside")
                .until(() -> Samples.number(ledger, "SELECT COUNT(*) FROM camelback_reservation") == 0));
        assertThat(outcomes()).as("outcomes of each request").allSatisfy((id, count) -> assertThat(count).isEqualTo(1));
        assertThat(log()).as("secrets, a provider's words, and errors of our own").noneMatch(line -> tellsTooMuch(line)
                || line.contains("failed inside the gateway"));
        assertThat(log()).as("Vert.x's word that an event loop was blocked").noneMatch(line -> line.contains("has been blocked for"));
    }

    private static boolean tellsTooMuch(String text) {
        return text.contains("canary") || text.contains("evil.example") || text.contains("sim-");
    }

    /** What else leaves the gateway, or stays in it, than the log: metrics, the dashboard's data, and the ledger. */
    private void assertNoSecretWasKept() throws Exception {
        for (String path : List.of("/observe/metrics", "/api/state")) {
            String told = gateway.get(gateway.management(path)).body();
            assertThat(told.lines().filter(Drill::tellsTooMuch)).as("secrets in " + path).isEmpty();
        }
        gateway.standalone.gateway().accounts().ledger().ifPresent(ledger -> assertThat(Samples.number(ledger,
                "SELECT COUNT(*) FROM camelback_attempt WHERE why LIKE '%canary%' OR why LIKE '%evil.example%' OR why LIKE '%sim-%'"))
                .as("secrets in the ledger").isZero());
    }

    private UpstreamClient client() {
        return gateway.standalone.gateway().serving().context().getRegistry().lookupByNameAndType("camelback-http",
                UpstreamClient.class);
    }

    /** A half-open breaker whose permit is lost would let nobody through any more. */
    private void assertNoProbeIsOut() {
        for (String name : deployments().keySet()) {
            CircuitBreaker breaker = breaker(name);
            if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
                assertThat(breaker.tryAcquirePermission()).as("a permit for a probe of " + name).isTrue();
                breaker.releasePermission();
            }
        }
    }

    /** How many lines in the log say what became of a request, by its id. */
    private Map<String, Long> outcomes() {
        return log().stream().map(OUTCOME::matcher).filter(Matcher::find)
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
    static ConditionFactory soon(String what) {
        return await(what).atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private Map<String, Deployment> deployments() {
        return gateway.standalone.gateway().serving().loaded().config().deployments();
    }

    /** What the gateway has noted of the only request of this test, or the last one; it is noted just after its answer. */
    RequestRecord record() {
        soon("the record of a request").until(() -> !records.isEmpty());
        return records.stream().reduce((one, other) -> other).orElseThrow();
    }

    /** Waits until the ledger holds what this SQL counts. */
    void awaitRow(String sql) {
        Ledger ledger = gateway.standalone.gateway().accounts().ledger().orElseThrow();
        soon("a row in the ledger").until(() -> Samples.number(ledger, sql) > 0);
    }

    RunningGateway gateway() {
        return gateway;
    }

    HttpResponse<String> ask(String model, boolean stream, String... headers) throws IOException, InterruptedException {
        return gateway.ask(model, stream, headers);
    }

    /** The simulated provider behind a deployment. */
    SimulatedProvider provider(String deployment) {
        return switch (deployments().get(deployment).provider().name()) {
            case "openai" -> gateway.lab.openAi();
            case "anthropic" -> gateway.lab.anthropic();
            case "gemini" -> gateway.lab.gemini();
            case "local" -> gateway.lab.local();
            default -> gateway.lab.compatible();
        };
    }

    /** What happens to the requests to one deployment. */
    Script script(String deployment) {
        return provider(deployment).script().forModel(deployments().get(deployment).model());
    }

    /** How often a deployment's model was asked in this test. */
    int asked(String deployment) {
        return provider(deployment).count(deployments().get(deployment).model()) - askedBefore.get(deployment);
    }

    /** How often any provider was asked in this test. Two deployments of one model count once: the provider sees no difference. */
    int askedAny() {
        Map<String, Integer> byModel = new HashMap<>();
        deployments().forEach((name, deployment) -> byModel.put(provider(name).name() + " " + deployment.model(), asked(name)));
        return byModel.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean sameKey(String one, String other) {
        return deployments().get(one).provider().equals(deployments().get(other).provider());
    }

    /** What the simulated model behind a deployment says unless told otherwise. */
    String hello(String deployment) {
        return "Hello from " + deployments().get(deployment).model() + ".";
    }

    CircuitBreaker breaker(String deployment) {
        return gateway.vitals.breakers().of(deployments().get(deployment));
    }

    /** How many failures a deployment's breaker has counted. */
    int failures(String deployment) {
        return breaker(deployment).getMetrics().getNumberOfFailedCalls();
    }

    /** Takes deployments out, so that a chain begins behind them. */
    void park(List<String> deployments) {
        deployments.forEach(name -> gateway.vitals.parking().park(name, Duration.ofMinutes(10), "by the test"));
    }

    boolean parked(String name) {
        return gateway.vitals.parking().parked(name).isPresent();
    }

    /** The log's lines since the test began, stack traces included. */
    List<String> log() {
        return List.copyOf(lines.all);
    }

    /** The line about a request is written just after its answer: waits for one that holds all of these. */
    void awaitLog(String... parts) {
        soon("a line with " + String.join(", ", parts)).untilAsserted(() ->
                assertThat(log()).anySatisfy(line -> assertThat(line).contains(parts)));
    }

    /** For tests whose matter are faults of the gateway's own: they may stand in the log until here. */
    void forgetFaults() {
        soon("the end of all requests").until(() -> gateway.standalone.gateway().serving().inFlight() == 0);
        lines.all.removeIf(line -> line.contains("failed inside the gateway"));
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            all.add(event.getFormattedMessage() + thrown);
        }

        void clear() {
            all.clear();
        }
    }
}
