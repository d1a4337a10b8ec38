package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two accounts that speak Anthropic's dialect, and thinking that only its own account can read. */
class ProviderAccountsTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> config.replaceFirst("(?m)^providers: \\{}", """
            providers:
              eu: { dialect: anthropic, base-url: "{{env:ANTHROPIC_BASE_URL}}", api-key: "sim-eu" }""").replaceFirst("(?m)^deployments:", """
            deployments:
              eu-opus: { provider: eu, model: claude-opus-eu, capabilities: [tools, thinking] }"""));

    private static final String STALE = "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
            + "\"messages.1.content.0: Invalid `signature` in `thinking` block\"}}";

    private static HttpResponse<String> ask(String model, boolean stream, JsonNode... before) throws Exception {
        ObjectNode body =
                Json.object().put("model", model).put("max_tokens", 4000).put("stream", stream);
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "user").put("content", "hi");
        for (JsonNode content : before) {
            messages.addObject().put("role", "assistant").set("content", content);
            messages.addObject().put("role", "user").put("content", "go on");
        }
        return DRILL.gateway().post("/v1/messages", Json.text(body));
    }

    private static JsonNode thinking(String signature) {
        ArrayNode content = Json.object().putArray("content");
        content.addObject().put("type", "thinking").put("thinking", "hm").put("signature", signature);
        content.addObject().put("type", "text").put("text", "yes");
        return content;
    }

    private static JsonNode last() {
        List<RecordedRequest> received = DRILL.gateway().lab.anthropic().received();
        return received.get(received.size() - 1).json();
    }

    private static List<String> blocks(JsonNode request) {
        return request.at("/messages/1/content").findValuesAsText("type");
    }

    /** The signature in an answer, be it streamed or not. */
    private static String signature(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        if (!response.body().startsWith("event:")) {
            return Json.read(response.body()).at("/content/0/signature").asText();
        }
        String delta = response.body()
                .lines()
                .filter(line -> line.contains("signature_delta") && line.startsWith("data:"))
                .findFirst()
                .orElseThrow();
        return Json.read(delta.substring(5)).at("/delta/signature").asText();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void trap_12_thinking_goes_back_to_the_account_that_signed_it_and_to_no_other(boolean stream) throws Exception {
        DRILL.gateway().lab.anthropic().answer(SimulatedCompletion.text("yes").reasoning("hm"));
        String house = signature(ask("claude-opus", stream));
        String eu = signature(ask("eu-opus", stream));
        assertThat(eu).isNotEqualTo(house);

        ask("eu-opus", stream, thinking(eu));
        assertThat(last().at("/messages/1/content/0/signature").asText())
                .as("the same as it was written")
                .isEqualTo(house);
        ask("claude-opus", stream, thinking(house));
        assertThat(last().at("/messages/1/content/0/signature").asText()).isEqualTo(house);
        ask("eu-opus", stream, thinking(house));
        assertThat(blocks(last())).containsExactly("text");
        ask("claude-opus", stream, thinking(eu));
        assertThat(blocks(last())).containsExactly("text");
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void trap_10_a_refused_signature_costs_one_more_try_without_thinking(boolean stream) throws Exception {
        DRILL.script("claude-opus").then(SimulatedFault.status(400).body(STALE));

        HttpResponse<String> response = ask("claude-opus", stream, thinking("c2lnbmVkIGVsc2V3aGVyZQ=="));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(DRILL.asked("claude-opus")).isEqualTo(2);
        assertThat(blocks(last())).containsExactly("text");
        assertThat(DRILL.failures("claude-opus")).isZero();
        DRILL.awaitLog("claude-opus 400", "claude-opus ok");
    }

    @Test
    void trap_10_it_never_loops() throws Exception {
        DRILL.script("claude-opus").always(SimulatedFault.status(400).body(STALE));

        HttpResponse<String> response = ask("premium", false, thinking("c2lnbmVkIGVsc2V3aGVyZQ=="));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(DRILL.askedAny()).isEqualTo(2);
    }

    @Test
    void a_request_without_thinking_is_not_sent_again() throws Exception {
        DRILL.script("claude-opus").always(SimulatedFault.status(400).body(STALE));

        HttpResponse<String> response = ask("premium", false);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(DRILL.askedAny()).isEqualTo(1);
    }
}
