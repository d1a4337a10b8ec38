package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain whose answers must be good enough to count: the one that is not is backed up by the next link. */
class QualityFilterTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> GatewayTestCase.withoutRetries(config)
            .replace("  premium: { deadline: 600s }", "  premium: { quality: { json-schema: true, share: 100 } }")
            .replace("  strict: { deadline: 600s }", "  strict: { quality: { min-length: 10, share: 100 } }"));

    private static final String GOOD = "{\"name\":\"Ann\"}";

    private static String asking(String chain, boolean stream) {
        return """
                {"model":"%s","stream":%b,"messages":[{"role":"user","content":"Who?"}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"person","strict":true,"schema":
                  {"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}}}}""".formatted(chain, stream);
    }

    private static HttpResponse<String> ask(boolean stream) throws Exception {
        return drill.gateway().post("/v1/chat/completions", asking("premium", stream));
    }

    @ParameterizedTest(name = "streaming: {0}")
    @ValueSource(booleans = {false, true})
    void malformed_json_is_backed_up_by_the_next_link_every_time(boolean stream) throws Exception {
        for (String bad : List.of("{\"name\":", "Ann.", "{\"name\":1}", "{\"nam\":\"Ann\"}", "```json\n{}\n```")) {
            drill.script("claude-opus").then(SimulatedFault.ok(SimulatedCompletion.text(bad)));
            drill.script("gpt").then(SimulatedFault.ok(SimulatedCompletion.text(GOOD)));

            HttpResponse<String> response = ask(stream);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(RunningGateway.text(response)).as("instead of " + bad).isEqualTo(GOOD);
            assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
            assertThat(header(response, "x-camelback-quality")).isNull();
        }
        assertThat(drill.failures("claude-opus")).as("what the breaker counts").isZero();
        drill.awaitLog("claude-opus below the floor", "gpt ok");
    }

    @ParameterizedTest(name = "streaming: {0}")
    @ValueSource(booleans = {false, true})
    void the_second_miss_is_given_and_marked(boolean stream) throws Exception {
        drill.script("claude-opus").then(SimulatedFault.ok(SimulatedCompletion.text("first")));
        drill.script("gpt").then(SimulatedFault.ok(SimulatedCompletion.text("second")));

        HttpResponse<String> response = ask(stream);

        assertThat(RunningGateway.text(response)).isEqualTo("second");
        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(header(response, "x-camelback-quality")).isEqualTo("missed");
        assertThat(header(response, "x-camelback-review")).isEqualTo("suggested");
        assertThat(drill.askedAny()).isEqualTo(2);
    }

    @ParameterizedTest(name = "streaming: {0}")
    @ValueSource(booleans = {false, true})
    void when_nobody_does_better_the_first_answer_is_given_after_all(boolean stream) throws Exception {
        drill.script("claude-opus").then(SimulatedFault.ok(SimulatedCompletion.text("Short.")));
        drill.script("gpt").then(SimulatedFault.status(503));

        HttpResponse<String> response =
                drill.gateway().post("/v1/chat/completions", RunningGateway.chat("strict", stream));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.text(response)).isEqualTo("Short.");
        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(header(response, "x-camelback-quality")).isEqualTo("missed");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
    }

    @Test
    void a_caller_who_wants_no_fallback_gets_what_there_is() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.ok(SimulatedCompletion.text("Ann.")));

        HttpResponse<String> response = drill.gateway()
                .post("/v1/chat/completions", asking("premium", false), "x-camelback-no-fallback", "true");

        assertThat(RunningGateway.text(response)).isEqualTo("Ann.");
        assertThat(header(response, "x-camelback-quality")).isEqualTo("missed");
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @Test
    void answers_in_words_are_live_and_not_looked_at() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.ok(SimulatedCompletion.text("Ann.")));

        HttpResponse<String> response = drill.ask("premium", true);

        assertThat(RunningGateway.text(response)).isEqualTo("Ann.");
        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-opus");
    }

    @Test
    void camel_routes_are_backed_up_as_well() {
        drill.script("claude-opus").then(SimulatedFault.ok(SimulatedCompletion.text("Short.")));
        drill.script("gpt").then(SimulatedFault.status(500));

        Map<?, ?> answer = drill.gateway().askByRoute("strict");

        assertThat(answer.toString()).contains("Short.");
    }
}
