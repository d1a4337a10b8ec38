package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.Deployment;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A balancer in an operator's chain, of the shipped beans, in Camel's own {@code loadBalance}. */
class BalancedChainTest {
    @TempDir
    private static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(folder.resolve("routes/chains"));
        for (String[] pool : new String[][] {
            {"turns", "round-robin"},
            {"next", "round-robin"},
            {"last", "round-robin"},
            {"stay", "sticky"},
            {"probed", "round-robin"}
        }) {
            Files.writeString(folder.resolve("routes/chains/" + pool[0] + ".camel.yaml"), pool(pool[0], pool[1]));
        }
        gateway = RunningGateway.start(
                folder,
                config -> GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(5)));
    }

    @AfterEach
    void all_well() {
        gateway.lab.providers().forEach(provider -> provider.script().clear());
        deployments()
                .forEach(deployment -> gateway.vitals.breakers().of(deployment).reset());
    }

    private static Collection<Deployment> deployments() {
        return gateway.standalone
                .gateway()
                .serving()
                .loaded()
                .config()
                .deployments()
                .values();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String pool(String name, String balancer) {
        StringBuilder links = new StringBuilder();
        for (String link : new String[] {
            "openai-chat-action/gpt-mini", "gemini-chat-action/gemini-flash", "anthropic-chat-action/claude-haiku"
        }) {
            links.append("""
                                  - circuitBreaker:
                                      resilience4jConfiguration: { circuitBreaker: %s, throwExceptionWhenHalfOpenOrOpenState: "true" }
                                      steps:
                                        - to: kamelet:%s
                    """.formatted(link.substring(link.indexOf('/') + 1), link));
        }
        return """
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - loadBalance:
                            customLoadBalancer: { ref: camelback-%2$s }
                            steps:
                """.formatted(name, balancer) + links + "              - to: direct:local\n";
    }

    private String answeredBy(String chain, String... headers) throws Exception {
        HttpResponse<String> response = gateway.ask(chain, false, headers);
        assertThat(response.statusCode()).isEqualTo(200);
        return header(response, "x-camelback-model");
    }

    @Test
    void takes_turns() throws Exception {
        List<String> models = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            models.add(answeredBy("turns"));
        }
        assertThat(models)
                .containsExactly(
                        "gpt-mini", "gemini-flash", "claude-haiku", "gpt-mini", "gemini-flash", "claude-haiku");
    }

    @ParameterizedTest(name = "streaming: {0}")
    @ValueSource(booleans = {false, true})
    void a_failed_link_is_followed_by_the_next_best(boolean stream) throws Exception {
        for (String[] turn : new String[][] {
            {"gpt-mini", "gemini-flash"}, {"gemini-flash", "claude-haiku"}, {"claude-haiku", "gpt-mini"}
        }) {
            provider(turn[0]).script().then(SimulatedFault.status(500));

            HttpResponse<String> response = gateway.ask("next", stream);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "x-camelback-model")).isEqualTo(turn[1]);
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
            assertThat(text(response)).contains("Hello");
        }
    }

    private static SimulatedProvider provider(String deployment) {
        return deployment.startsWith("gpt")
                ? gateway.lab.openAi()
                : deployment.startsWith("gemini") ? gateway.lab.gemini() : gateway.lab.anthropic();
    }

    @Test
    void after_all_of_them_what_stands_behind_them() throws Exception {
        gateway.lab.openAi().script().always(SimulatedFault.status(503));
        gateway.lab.gemini().script().always(SimulatedFault.status(503));
        gateway.lab.anthropic().script().always(SimulatedFault.status(529));

        HttpResponse<String> response = gateway.ask("last", false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("local-qwen");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("4");
    }

    @Test
    void a_conversation_stays_where_it_is_until_that_fails_and_comes_back() throws Exception {
        String home = answeredBy("stay");
        for (int i = 0; i < 5; i++) {
            assertThat(answeredBy("stay")).isEqualTo(home);
        }
        gateway.vitals.cooldowns().coolDown(home, Duration.ofSeconds(30), "by the test");
        String refuge = answeredBy("stay");
        assertThat(refuge).isNotEqualTo(home);
        gateway.clock.advance(Duration.ofSeconds(31));
        assertThat(answeredBy("stay")).isEqualTo(home);
    }

    @Test
    void a_link_whose_breaker_was_open_is_probed_though_the_others_answer() throws Exception {
        Deployment mini = deployments().stream()
                .filter(deployment -> deployment.name().equals("gpt-mini"))
                .findAny()
                .orElseThrow();
        gateway.vitals.breakers().of(mini).transitionToOpenState();
        for (int i = 0; i < 3; i++) {
            assertThat(answeredBy("probed")).isNotEqualTo("gpt-mini");
        }
        gateway.clock.advance(mini.breaker().cooldown().plusMillis(1));

        List<String> models = List.of(answeredBy("probed"), answeredBy("probed"), answeredBy("probed"));

        assertThat(models).contains("gpt-mini");
        assertThat(gateway.vitals.breakers().of(mini).getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void the_shipped_fast_chain_leaves_a_slow_link_alone() throws Exception {
        gateway.lab.openAi().script().always(SimulatedFault.slowFirstToken(Duration.ofSeconds(1)));
        for (int i = 0; i < 3; i++) {
            answeredBy("fast");
        }
        List<String> models = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            models.add(answeredBy("fast"));
        }
        assertThat(models)
                .filteredOn("gpt-mini"::equals)
                .as("how often its slowness had to be found out")
                .hasSizeLessThan(2);
    }
}
