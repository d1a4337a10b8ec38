package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The layers of docs/routing.md: each entered in order, or at once when the work is hard, and always for a reason that
 * is told.
 */
class AgentEscalationTest {
    private static final List<String> FREE = List.of("openai-4o-mini", "gemini-flash", "deepseek");
    private static final List<String> BUDGET = List.of("glm-nano", "minimax");

    @RegisterExtension
    private static final GatewayTestCase drill = GatewayTestCase.edited(GatewayTestCase::withoutRetries);

    private static void down(List<String> links, SimulatedFault fault) {
        links.forEach(link -> drill.script(link).always(fault));
    }

    @Test
    void easy_work_is_done_by_the_free_layer_and_nothing_is_escalated() throws Exception {
        HttpResponse<String> response = drill.ask("agent", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("openai-4o-mini");
        drill.awaitLog("agent -> 200 openai-4o-mini", "[openai-4o-mini ok");
    }

    @Test
    void hard_work_goes_straight_to_the_reserve() throws Exception {
        HttpResponse<String> response =
                drill.ask("agent", false, "x-camelback-task", "architecture", "x-camelback-files", "6");

        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-haiku");
        assertThat(header(response, "x-camelback-complexity")).isEqualTo("8.1");
        drill.awaitLog("[(agent-premium: complexity); claude-haiku ok");
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @Test
    void work_of_exactly_eight_is_not_hard() throws Exception {
        drill.ask("agent", false, "x-camelback-task", "refactor", "x-camelback-files", "7");

        assertThat(drill.asked("openai-4o-mini")).isEqualTo(1);
    }

    @Test
    void a_layer_at_its_rate_limits_says_so() throws Exception {
        down(FREE, SimulatedFault.status(429).header("Retry-After", "60").body("{}"));
        drill.ask("agent", false);
        HttpResponse<String> limited = drill.ask("agent", false);

        assertThat(header(limited, "x-camelback-model")).isEqualTo("glm-nano");
        drill.awaitLog("openai-4o-mini 429", "(agent-budget: rate_limit_exceeded); glm-nano ok");
        drill.awaitLog("openai-4o-mini cooldown", "(agent-budget: rate_limit_exceeded); glm-nano ok");
    }

    @Test
    void a_layer_out_of_money_says_so() throws Exception {
        down(FREE, SimulatedFault.status(402).body("{}"));
        HttpResponse<String> response = drill.ask("agent", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("glm-nano");
        drill.awaitLog("(agent-budget: exhausted); glm-nano ok");
    }

    @Test
    void a_layer_that_is_down_says_so_and_so_does_the_next() throws Exception {
        down(FREE, SimulatedFault.status(500).body("{}"));
        drill.script("openai-4o-mini")
                .always(SimulatedFault.status(429).header("Retry-After", "60").body("{}"));
        down(BUDGET, SimulatedFault.status(429).header("Retry-After", "60").body("{}"));
        HttpResponse<String> response = drill.ask("agent", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-haiku");
        drill.awaitLog(
                "(agent-budget: all_models_unavailable); glm-nano 429",
                "(agent-premium: rate_limit_exceeded); claude-haiku ok");
    }

    @Test
    void open_breakers_are_noted_in_their_layer() throws Exception {
        FREE.forEach(link -> drill.breaker(link).transitionToOpenState());
        BUDGET.forEach(link -> drill.breaker(link).transitionToOpenState());
        HttpResponse<String> response = drill.ask("agent", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-haiku");
        drill.awaitLog("[openai-4o-mini breaker open; gemini-flash breaker open; deepseek breaker open; "
                + "(agent-budget: all_models_unavailable); glm-nano breaker open; minimax breaker open; "
                + "(agent-premium: all_models_unavailable); claude-haiku ok");
    }

    @Test
    void when_all_layers_are_down_the_caller_is_told() throws Exception {
        down(FREE, SimulatedFault.status(500).body("{}"));
        down(BUDGET, SimulatedFault.status(500).body("{}"));
        down(List.of("claude-haiku", "openai-4o"), SimulatedFault.status(500).body("{}"));
        HttpResponse<String> response = drill.ask("agent", false);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("7");
    }
}
