package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped cascade: Claude Opus plans, GPT mini carries it out, Claude Opus takes over. */
class PlanThenExecuteTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(GatewayTestCase::withoutRetries);

    private static JsonNode last(String deployment) throws IOException {
        List<RecordedRequest> received = drill.provider(deployment).received();
        return Json.read(received.get(received.size() - 1).body());
    }

    @ParameterizedTest(name = "streaming: {0}")
    @ValueSource(booleans = {false, true})
    void the_smart_one_plans_and_the_fast_one_carries_it_out(boolean stream) throws Exception {
        drill.script("claude-opus").then(SimulatedFault.ok(SimulatedCompletion.text("1. Greet. 2. Stop.")));
        drill.script("gpt-mini").then(SimulatedFault.ok(SimulatedCompletion.text("Good day.")));

        HttpResponse<String> response = drill.ask("cascade", stream);

        assertThat(text(response)).isEqualTo("Good day.");
        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt-mini");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(header(response, "x-camelback-degraded")).isNull();
        assertThat(last("claude-opus").toString()).contains("Write a plan").contains("\"hi\"");
        JsonNode messages = last("gpt-mini").path("messages");
        assertThat(messages.get(0).path("content").toString()).contains("1. Greet. 2. Stop.");
        assertThat(messages.get(messages.size() - 1).path("content").toString())
                .contains("hi")
                .doesNotContain("Write a plan");
    }

    @Test
    void without_a_plan_it_goes_on_as_it_was_asked() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(529));
        drill.script("gpt").then(SimulatedFault.status(503));
        drill.script("gpt-mini").then(SimulatedFault.ok(SimulatedCompletion.text("Good day.")));

        HttpResponse<String> response = drill.ask("cascade", false);

        assertThat(text(response)).isEqualTo("Good day.");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("3");
        assertThat(last("gpt-mini").path("messages")).hasSize(1);
    }

    @Test
    void the_smart_one_takes_over_when_the_fast_one_fails() throws Exception {
        drill.script("claude-opus")
                .then(
                        SimulatedFault.ok(SimulatedCompletion.text("Greet.")),
                        SimulatedFault.ok(SimulatedCompletion.text("Good day, from the top.")));
        drill.script("gpt-mini").then(SimulatedFault.status(500));

        HttpResponse<String> response = drill.ask("cascade", false);

        assertThat(text(response)).isEqualTo("Good day, from the top.");
        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("3");
    }

    @Test
    void in_the_middle_of_a_conversation_nothing_is_planned() throws Exception {
        HttpResponse<String> response = drill.gateway().post("/v1/chat/completions", """
                {"model":"cascade","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"Hello."},
                 {"role":"user","content":"And now?"}]}""");

        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt-mini");
        assertThat(drill.asked("claude-opus")).isZero();
    }

    @Test
    void a_refused_plan_is_none_and_what_everybody_refuses_is_the_callers_to_mend() throws Exception {
        drill.script("claude-opus").times(2, SimulatedFault.status(400));
        assertThat(text(drill.ask("cascade", false))).isEqualTo(drill.hello("gpt-mini"));

        drill.gateway().lab.providers().forEach(provider -> provider.script().always(SimulatedFault.status(400)));
        HttpResponse<String> response = drill.ask("cascade", false);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(drill.failures("gpt-mini")).isZero();
    }

    @Test
    void a_caller_who_wants_no_fallback_has_the_fast_one_alone_behind_the_plan() throws Exception {
        drill.script("gpt-mini").then(SimulatedFault.status(500));

        HttpResponse<String> response = drill.ask("cascade", false, "x-camelback-no-fallback", "true");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(drill.asked("claude-opus")).isEqualTo(1);
        assertThat(drill.asked("gpt-mini")).isEqualTo(1);
        assertThat(drill.askedAny()).isEqualTo(2);
    }
}
