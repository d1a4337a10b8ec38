package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ReceivedConversation;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an unmodified Codex CLI sends (docs/wire-formats.md 7), turn by turn: it keeps the whole conversation and sends
 * it back each time.
 */
class CodexTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final String PATCH = "*** Begin Patch\n*** Add File: a.txt\n+\"Grüezi\"\n*** End Patch";
    private static final String[] HEADERS = {
        "Authorization",
        "Bearer caller-key",
        "originator",
        "codex_cli_rs",
        "User-Agent",
        "codex_cli_rs/0.148.0 (Ubuntu 24.4.0; x86_64)",
        "session_id",
        "019a-session",
        "conversation_id",
        "019a-session",
        "x-client-request-id",
        "019a-request",
        "x-codex-beta-features",
        "apply_patch_freeform",
        "Accept",
        "text/event-stream"
    };

    private final ArrayNode input = Json.object().arrayNode();

    static Stream<Arguments> orders() {
        return Stream.of(
                Arguments.of(BalancedChainLinks.CLAUDE, BalancedChainLinks.GPT, BalancedChainLinks.GEMINI),
                Arguments.of(BalancedChainLinks.GPT, BalancedChainLinks.GEMINI, BalancedChainLinks.CLAUDE),
                Arguments.of(BalancedChainLinks.GEMINI, BalancedChainLinks.CLAUDE, BalancedChainLinks.GPT),
                Arguments.of(BalancedChainLinks.CLAUDE, BalancedChainLinks.CLAUDE, BalancedChainLinks.CLAUDE),
                Arguments.of(BalancedChainLinks.GPT, BalancedChainLinks.GPT, BalancedChainLinks.GPT),
                Arguments.of(BalancedChainLinks.GEMINI, BalancedChainLinks.GEMINI, BalancedChainLinks.GEMINI));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("orders")
    void edits_and_runs_and_reports(BalancedChainLinks first, BalancedChainLinks second, BalancedChainLinks third)
            throws Exception {
        says("user", "Write a greeting and run the tests.");

        first.answers(
                DRILL,
                SimulatedFault.status(529),
                SimulatedCompletion.calling(
                                "apply_patch", Json.text(Json.object().put("input", PATCH)))
                        .toolCall("shell", "{\"command\":[\"ls\"]}")
                        .reasoning("Two ", "things."));
        List<JsonNode> both = turn();
        JsonNode patch = item(both, "custom_tool_call");
        JsonNode shell = item(both, "function_call");
        assertThat(patch.path("name").asText()).isEqualTo("apply_patch");
        assertThat(patch.path("input").asText()).isEqualTo(PATCH);
        assertThat(Json.read(shell.path("arguments").asText())).isEqualTo(Json.read("{\"command\":[\"ls\"]}"));
        assertThat(item(both, "reasoning").at("/summary/0/text").asText()).isEqualTo("Two things.");
        result("custom_tool_call_output", patch, "Success. Added a.txt");
        result("function_call_output", shell, "a.txt");

        second.answers(
                DRILL,
                SimulatedFault.status(529),
                SimulatedCompletion.calling("shell", "{\"command\":[\"cat\"]}").reasoning("More."));
        List<JsonNode> one = turn();
        assertShown(second, "uccrr");
        result("function_call_output", item(one, "function_call"), "Grüezi");

        third.answers(DRILL, SimulatedFault.status(529), SimulatedCompletion.text("Done: a greeting."));
        List<JsonNode> last = turn();
        assertThat(item(last, "message").at("/content/0/text").asText()).isEqualTo("Done: a greeting.");
        assertShown(third, "uccrrcr");
    }

    /** Sends the conversation, checks the stream as Codex reads it, and takes what was said into the conversation. */
    private List<JsonNode> turn() throws Exception {
        HttpResponse<String> response = DRILL.gateway().post("/v1/responses", body(), HEADERS);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<JsonNode> events = events(response.body());
        assertThat(events)
                .extracting(event -> event.path("sequence_number").asInt(-1))
                .isEqualTo(Stream.iterate(0, i -> i + 1).limit(events.size()).toList());
        assertThat(events.get(0).path("type").asText()).isEqualTo("response.created");
        JsonNode completed = events.get(events.size() - 1);
        assertThat(completed.path("type").asText()).isEqualTo("response.completed");
        assertThat(completed.at("/response/usage/total_tokens").asLong()).isPositive();
        List<JsonNode> done = events.stream()
                .filter(event -> event.path("type").asText().equals("response.output_item.done"))
                .map(event -> event.path("item"))
                .toList();
        assertThat(done).isEqualTo(list(completed.at("/response/output")));
        done.forEach(input::add);
        return done;
    }

    private String body() throws IOException {
        ObjectNode body =
                Json.object().put("model", "balanced").put("instructions", "You are a coding agent in the Codex CLI.");
        body.set("input", input.deepCopy());
        ArrayNode tools = body.putArray("tools");
        ObjectNode shell = tools.addObject()
                .put("type", "function")
                .put("name", "shell")
                .put("description", "Runs a command.")
                .put("strict", false);
        shell.set(
                "parameters",
                Json.read("{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"array\",\"items\":"
                        + "{\"type\":\"string\"}}},\"required\":[\"command\"],\"additionalProperties\":false}"));
        ObjectNode patch = tools.addObject()
                .put("type", "custom")
                .put("name", "apply_patch")
                .put("description", "Edits files.");
        patch.putObject("format")
                .put("type", "grammar")
                .put("syntax", "lark")
                .put("definition", "start: begin_patch hunk+ end_patch");
        body.put("tool_choice", "auto")
                .put("parallel_tool_calls", true)
                .put("store", false)
                .put("stream", true)
                .put("prompt_cache_key", "019a-session")
                .putArray("include")
                .add("reasoning.encrypted_content");
        body.putObject("reasoning").put("effort", "medium").put("summary", "auto");
        body.putObject("text").put("verbosity", "medium");
        return Json.text(body);
    }

    private void says(String role, String text) {
        input.addObject()
                .put("type", "message")
                .put("role", role)
                .putArray("content")
                .addObject()
                .put("type", "input_text")
                .put("text", text);
    }

    private void result(String type, JsonNode call, String output) {
        input.addObject()
                .put("type", type)
                .put("call_id", call.path("call_id").asText())
                .put("output", output);
    }

    private static void assertShown(BalancedChainLinks by, String letters) {
        ReceivedConversation shown = by.shown(DRILL);
        assertThat(shown.letters().replace("t", "")).isEqualTo(letters);
        assertThat(shown.resultIds()).isEqualTo(shown.callIds());
        assertThat(shown.results().get(0)).contains("Added a.txt");
        assertThat(shown.arguments().get(0).path("input").asText()).isEqualTo(PATCH);
        assertThat(by.asked(DRILL).headers().toString()).doesNotContain("codex", "019a", "caller-key", "originator");
        assertThat(Json.text(by.asked(DRILL).json()))
                .contains("apply_patch", "start: begin_patch")
                .doesNotContain("cb1:");
    }

    private static JsonNode item(List<JsonNode> items, String type) {
        return items.stream()
                .filter(item -> item.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }

    private static List<JsonNode> events(String body) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : body.split("\n")) {
            if (line.startsWith("data: ")) {
                events.add(Json.read(line.substring("data: ".length())));
            }
        }
        return events;
    }

    @Test
    void finds_the_models() throws Exception {
        HttpResponse<String> response = DRILL.gateway().get(DRILL.gateway().uri("/v1/models?client_version=0.148.0"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Json.read(response.body()).path("object").asText()).isEqualTo("list");
    }

    @Test
    void a_chain_that_is_down_is_told_before_the_stream_begins() throws Exception {
        DRILL.script("claude-opus").always(SimulatedFault.status(529));
        DRILL.script("gpt").always(SimulatedFault.status(529));
        says("user", "hi");

        HttpResponse<String> response =
                DRILL.gateway().post("/v1/responses", body().replace("balanced", "strict"), HEADERS);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("upstream_unavailable");
    }
}
