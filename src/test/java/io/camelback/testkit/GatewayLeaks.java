package io.camelback.testkit;

import static io.camelback.testkit.GatewayTestCase.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.camel.kamelet.UpstreamHttpClientConfigurer;
import io.camelback.config.Deployment;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.SimulatedProvider;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What no request may leave behind in a gateway, and what none may tell. */
final class GatewayLeaks {
    private static final Pattern OUTCOME = Pattern.compile("^(req_\\w+) \\S+ -> \\d");

    private final RunningGateway gateway;

    GatewayLeaks(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /** The client that calls providers. */
    static UpstreamHttpClientConfigurer client(RunningGateway gateway) {
        return gateway.standalone
                .gateway()
                .serving()
                .context()
                .getRegistry()
                .lookupByNameAndType("camelback-http", UpstreamHttpClientConfigurer.class);
    }

    private Optional<Ledger> ledger() {
        return gateway.standalone.gateway().accounts().ledger();
    }

    /** Waits until no request and no call is left, and no connection, probe or money is held. */
    void assertNone() {
        soon("requests that are being answered")
                .until(() -> gateway.standalone.gateway().serving().inFlight() == 0);
        soon("calls in flight")
                .untilAsserted(
                        () -> assertThat(gateway.vitals.inFlight().running()).isEmpty());
        assertThat(gateway.vitals.inFlight().runningRetries())
                .as("calls that were sent again")
                .isZero();
        soon("connections that serve a call")
                .until(() -> client(gateway).connections().leased() == 0);
        assertNoProbeIsOut();
        for (SimulatedProvider provider : gateway.lab.providers()) {
            soon("requests that " + provider.name() + " is still answering")
                    .until(() -> provider.received().stream().allMatch(received -> received.outcome() != null));
        }
        ledger().ifPresent(ledger -> soon("money that is put aside")
                .until(() -> LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_reservation") == 0));
    }

    /** A half-open breaker whose permit is lost would let nobody through any more. */
    private void assertNoProbeIsOut() {
        for (Deployment deployment : gateway.standalone
                .gateway()
                .serving()
                .loaded()
                .config()
                .deployments()
                .values()) {
            CircuitBreaker breaker = gateway.vitals.breakers().of(deployment);
            if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
                assertThat(breaker.tryAcquirePermission())
                        .as("a permit for a probe of " + deployment.name())
                        .isTrue();
                breaker.releasePermission();
            }
        }
    }

    /** One line for the outcome of each request, no secret, and no error of our own. */
    void assertNothingIsTold(List<String> log) {
        assertThat(outcomes(log))
                .as("outcomes of each request")
                .allSatisfy((id, count) -> assertThat(count).isEqualTo(1));
        assertThat(log)
                .as("secrets, a provider's words, and errors of our own")
                .noneMatch(line -> tellsTooMuch(line)
                        || line.contains("failed inside the gateway")
                        || line.contains("Unhandled exception in router"));
        assertThat(log)
                .as("Vert.x's word that an event loop was blocked")
                .noneMatch(line -> line.contains("has been blocked for"));
    }

    /** How many lines in the log say what became of a request, by its id. */
    private static Map<String, Long> outcomes(List<String> log) {
        return log.stream()
                .map(OUTCOME::matcher)
                .filter(Matcher::find)
                .collect(Collectors.groupingBy(found -> found.group(1), Collectors.counting()));
    }

    private static boolean tellsTooMuch(String text) {
        return text.contains("canary") || text.contains("evil.example") || text.contains("sim-");
    }

    /** What else leaves the gateway, or stays in it, than the log: metrics, the dashboard's data, and the ledger. */
    void assertNoSecretWasKept() throws Exception {
        for (String path : List.of("/observe/metrics", "/api/state")) {
            String told = gateway.get(gateway.management(path)).body();
            assertThat(told.lines().filter(GatewayLeaks::tellsTooMuch))
                    .as("secrets in " + path)
                    .isEmpty();
        }
        ledger().ifPresent(ledger -> assertThat(
                        LedgerSamples.number(
                                ledger,
                                "SELECT COUNT(*) FROM camelback_attempt WHERE why LIKE '%canary%' OR why LIKE '%evil.example%' OR why LIKE '%sim-%'"))
                .as("secrets in the ledger")
                .isZero());
    }
}
