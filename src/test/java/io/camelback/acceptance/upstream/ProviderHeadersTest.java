package io.camelback.acceptance.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator adds to the requests of a provider. */
class ProviderHeadersTest {
    @RegisterExtension
    static final GatewayTestCase DRILL =
            GatewayTestCase.edited(config -> config.replaceFirst("(?m)^providers: \\{}", """
            providers:
              openai: { headers: { helicone-auth: "Bearer {{env:NO_SUCH:canary-h}}", X-Title: My app, user-agent: mine/1 } }
              anthropic: { headers: { x-route: eu } }
              gemini: { headers: { x-goog-user-project: p1 } }"""));

    private static RecordedRequest last(SimulatedProvider provider) {
        List<RecordedRequest> all = provider.received();
        return all.get(all.size() - 1);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void configured_headers_reach_their_provider_and_no_other(boolean stream) throws Exception {
        DRILL.script("gpt").then(SimulatedFault.status(500));

        DRILL.ask("gpt", stream, "x-title", "the caller's", "x-other", "caller");
        DRILL.ask("claude-opus", stream);
        DRILL.ask("gemini-pro", stream);

        RecordedRequest openAi = last(DRILL.gateway().lab.openAi());
        assertThat(openAi.header("helicone-auth")).isEqualTo("Bearer canary-h");
        assertThat(openAi.headers().get("x-title")).containsExactly("My app");
        assertThat(openAi.headers().get("user-agent")).containsExactly("mine/1");
        assertThat(openAi.headers()).doesNotContainKeys("x-other", "x-route", "x-goog-user-project");
        assertThat(openAi.key()).isEqualTo("sim-openai");
        assertThat(last(DRILL.gateway().lab.anthropic()).header("x-route")).isEqualTo("eu");
        assertThat(last(DRILL.gateway().lab.anthropic()).headers()).doesNotContainKeys("helicone-auth", "x-title");
        assertThat(last(DRILL.gateway().lab.gemini()).header("x-goog-user-project"))
                .isEqualTo("p1");
    }

    @Test
    void embeddings_and_token_counts_carry_them_too() throws Exception {
        DRILL.gateway().post("/v1/embeddings", "{\"model\":\"embed-small\",\"input\":\"hi\"}");
        DRILL.gateway()
                .post(
                        "/v1/messages/count_tokens",
                        "{\"model\":\"claude-opus\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(last(DRILL.gateway().lab.openAi()).header("helicone-auth")).isEqualTo("Bearer canary-h");
        assertThat(last(DRILL.gateway().lab.anthropic()).header("x-route")).isEqualTo("eu");
    }
}
