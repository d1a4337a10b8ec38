package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far down a chain goes, and what its callers are told of it. */
class DegradationTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> GatewayTestCase.withoutRetries(config)
            .replace("  premium: { deadline: 600s }", "  premium: { cached: 1h, notice: Our best model is away. }")
            .replace("  balanced: { deadline: 600s }", "  balanced: { cached: 1h, on-exhausted: fail }")
            .replace("  strict: { deadline: 600s }", "  strict: { on-exhausted: notify-and-wait, wait: 10s }")
            .replace("  agent: { deadline: 600s }", "  economy: { on-exhausted: notify-and-wait, wait: 900ms }")
            .replace("heartbeat: 10s", "heartbeat: 100ms"));

    private static void everybodyFails() {
        for (SimulatedProvider provider : drill.gateway().lab.providers()) {
            provider.script().always(SimulatedFault.status(503));
        }
    }

    private static String asking(String chain, String what, boolean stream) {
        return "{\"model\":\"" + chain + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + what + "\"}]}";
    }

    private static HttpResponse<String> ask(String chain, String what, boolean stream) throws Exception {
        return drill.gateway().post("/v1/chat/completions", asking(chain, what, stream));
    }

    @ParameterizedTest(name = "D18: streaming: {0}")
    @ValueSource(booleans = {false, true})
    void D18_when_all_are_down_an_answer_from_before_is_given_with_its_age(boolean stream) throws Exception {
        String question = "What of " + stream + "?";
        drill.script("claude-opus").then(SimulatedFault.ok(SimulatedCompletion.text("It is so.")));
        assertThat(text(ask("premium", question, stream))).isEqualTo("It is so.");
        everybodyFails();
        drill.gateway().clock.advance(Duration.ofMinutes(10));

        for (boolean again : new boolean[] {false, true}) {
            HttpResponse<String> response = ask("premium", question, again);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(text(response)).isEqualTo("It is so.");
            assertThat(header(response, "x-camelback-degraded")).isEqualTo("cached");
            assertThat(header(response, "Age")).isEqualTo("600");
            assertThat(header(response, "x-camelback-model")).isNull();
            assertThat(header(response, "x-camelback-notice")).isEqualTo("Our best model is away.");
        }

        drill.gateway().clock.advance(Duration.ofMinutes(51));
        assertThat(header(ask("premium", question, false), "x-camelback-degraded"))
                .isEqualTo("static");
    }

    @Test
    void D16_what_a_lower_tier_said_or_what_broke_off_is_not_kept() throws Exception {
        drill.coolDown(List.of("claude-opus", "gpt", "gemini-pro"));
        assertThat(header(ask("premium", "lower?", false), "x-camelback-degraded"))
                .isEqualTo("reduced");
        drill.gateway().vitals.cooldowns().clear("claude-opus");
        drill.provider("claude-opus").answer(SimulatedCompletion.words(6));
        drill.script("claude-opus").then(SimulatedFault.cutAfter(3));
        ask("premium", "broken?", true);
        everybodyFails();

        for (String question : List.of("lower?", "broken?", "never asked?")) {
            assertThat(header(ask("premium", question, false), "x-camelback-degraded"))
                    .as(question)
                    .isEqualTo("static");
        }
    }

    @ParameterizedTest(name = "D17: streaming: {0}")
    @ValueSource(booleans = {false, true})
    void D17_the_static_answer_is_marked_and_is_not_given_for_a_request_at_fault(boolean stream) throws Exception {
        drill.coolDown(List.of("claude-opus"));
        drill.script("gpt").then(SimulatedFault.status(400));
        assertThat(ask("premium", "bad " + stream, stream).statusCode()).isEqualTo(400);
        drill.gateway().vitals.cooldowns().clear("claude-opus");
        everybodyFails();

        HttpResponse<String> response = ask("premium", "new " + stream, stream);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-camelback-degraded")).isEqualTo("static");
        assertThat(text(response)).contains("limited right now");
    }

    @Test
    void a_local_model_is_the_basic_level() throws Exception {
        drill.coolDown(List.of(
                "claude-opus",
                "gpt",
                "gemini-pro",
                "claude-sonnet",
                "gpt-mini",
                "gemini-flash",
                "deepseek",
                "groq-llama",
                "mistral-small"));

        assertThat(header(ask("premium", "hi", false), "x-camelback-degraded")).isEqualTo("basic");
    }

    @ParameterizedTest(name = "streaming: {0}")
    @ValueSource(booleans = {false, true})
    void a_chain_that_fails_loudly_gives_no_answer_from_before_and_says_when_to_come_again(boolean stream)
            throws Exception {
        assertThat(ask("balanced", "loud?", stream).statusCode()).isEqualTo(200);
        everybodyFails();

        HttpResponse<String> response = ask("balanced", "loud?", stream);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(header(response, "Retry-After")).isNotNull();
    }

    @Test
    void a_chain_that_waits_answers_as_soon_as_a_link_is_back() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(503));
        drill.script("gpt").then(SimulatedFault.status(503));

        HttpResponse<String> response = ask("strict", "when?", false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("3");
        drill.awaitLog("strict waits: no deployment available");
    }

    @Test
    void a_caller_who_waits_for_a_stream_hears_that_it_is_worked_on() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(503));
        drill.script("gpt").then(SimulatedFault.status(503));

        HttpResponse<String> response = ask("strict", "when?", true);

        assertThat(response.body()).startsWith(": ");
        assertThat(text(response)).isEqualTo(drill.hello("claude-opus"));
        assertThat(response.body()).contains("[DONE]");
    }

    @Test
    void a_chain_does_not_wait_longer_than_it_may() throws Exception {
        everybodyFails();

        HttpResponse<String> response = ask("economy", "ever?", false);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(header(response, "Retry-After")).isNotNull();
    }

    @Test
    void a_camel_route_waits_as_well() {
        drill.script("claude-opus").then(SimulatedFault.status(503));
        drill.script("gpt").then(SimulatedFault.status(503));

        Map<?, ?> answer = drill.gateway().askByRoute("strict");

        assertThat(answer.toString()).contains(drill.hello("claude-opus"));
    }
}
