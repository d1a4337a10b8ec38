package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.ResponsesStreamRules;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that call tools, in each format. */
class ToolCallFormatterTest extends SimulatedProviderTestBase {
    private static final String OPENAI_TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]";
    private static final String ANTHROPIC_TOOLS =
            ",\"tools\":[{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\"}}]";
    private static final String RESPONSES_TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\",\"parameters\":{}}]";
    private static final String GEMINI_TOOLS = ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"get_weather\"}]}]";
    private static final Map<SimulatedRequestCase, String> TOOLS = Map.of(
            SimulatedRequestCase.OPENAI,
            OPENAI_TOOLS,
            SimulatedRequestCase.RESPONSES,
            RESPONSES_TOOLS,
            SimulatedRequestCase.ANTHROPIC,
            ANTHROPIC_TOOLS,
            SimulatedRequestCase.GEMINI,
            GEMINI_TOOLS);

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_scripted_tool_is_called_when_tools_are_offered(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.hello().toolCall("get_weather", "{\"city\":\"Oslo\"}"));

        String without = ask.send(provider, false).body();
        JsonNode with = Json.read(ask.send(provider, false, TOOLS.get(ask)).body());

        assertThat(without).contains("Hello from sim.").doesNotContain("get_weather");
        String expected = switch (ask) {
            case OPENAI ->
                "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[{\"id\":\"call_sim_2_0\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                        + "\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]}";
            case RESPONSES ->
                "[{\"id\":\"fc_sim_2_0\",\"type\":\"function_call\",\"status\":\"completed\","
                        + "\"call_id\":\"call_sim_2_0\",\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}]";
            case ANTHROPIC ->
                "[{\"type\":\"tool_use\",\"id\":\"toolu_sim_2_0\",\"name\":\"get_weather\","
                        + "\"input\":{\"city\":\"Oslo\"}}]";
            case GEMINI ->
                "{\"parts\":[{\"functionCall\":{\"name\":\"get_weather\",\"args\":{\"city\":\"Oslo\"}},"
                        + "\"thoughtSignature\":\"c2ltdWxhdGVkLXRob3VnaHQ=\"}],\"role\":\"model\"}";
        };
        JsonNode said = switch (ask) {
            case OPENAI -> with.at("/choices/0/message");
            case RESPONSES -> with.at("/output");
            case ANTHROPIC -> with.at("/content");
            case GEMINI -> with.at("/candidates/0/content");
        };
        assertThat(said.toString()).isEqualTo(expected);
        assertThat(with.toString())
                .containsAnyOf(
                        "\"finish_reason\":\"tool_calls\"",
                        "\"stop_reason\":\"tool_use\"",
                        "\"STOP\"",
                        "\"completed\"");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_result_of_a_tool_is_answered_with_the_text(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.text("It is cold.").toolCall("get_weather", "{}"));
        String conversation = switch (ask) {
            case OPENAI ->
                "\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"-5\"}]";
            case RESPONSES ->
                "\"model\":\"sim\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"1\",\"output\":\"-5\"}]";
            case ANTHROPIC ->
                "\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":\"-5\"}]}]";
            case GEMINI ->
                "\"contents\":[{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"get_weather\"}}]}]";
        };

        String body = SimulatedRequestCase.post(provider, ask.path(false), "{" + conversation + TOOLS.get(ask) + "}")
                .body();

        assertThat(body).contains("It is cold.").doesNotContain("call_sim", "toolu_sim", "functionCall\"");
    }

    @Test
    void openai_streams_a_tool_call_in_fragments() throws Exception {
        provider.answer(SimulatedCompletion.hello().toolCall("get_weather", "{\"city\":\"Oslo\"}"));

        String body =
                SimulatedRequestCase.OPENAI.send(provider, true, OPENAI_TOOLS).body();

        assertThat(body)
                .contains("\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_sim_1_0\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]}");
        assertThat(body).contains("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"cit\"}}]}");
        assertThat(body).contains("{\"arguments\":\"y\\\":\\\"O\"}").contains("{\"arguments\":\"slo\\\"}\"}");
        assertThat(body).contains("\"delta\":{},\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void anthropic_streams_a_tool_call_in_fragments() throws Exception {
        provider.answer(SimulatedCompletion.hello().toolCall("get_weather", "{\"city\":\"Oslo\"}"));

        String body = SimulatedRequestCase.ANTHROPIC
                .send(provider, true, ANTHROPIC_TOOLS)
                .body();

        assertThat(body)
                .contains("\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_sim_1_0\","
                        + "\"name\":\"get_weather\",\"input\":{}}}");
        assertThat(body).contains("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"cit\"}");
        assertThat(body).contains("\"stop_reason\":\"tool_use\"");
    }

    /** A loop of three turns: what is said depends on how far the conversation has come, and on nothing else. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void turns_are_told_by_the_results_in_the_conversation(SimulatedRequestCase ask) throws Exception {
        provider.turns(
                SimulatedCompletion.calling("get_weather", "{\"city\":\"Oslo\"}"),
                SimulatedCompletion.calling("get_weather", "{\"city\":\"Bern\"}"),
                SimulatedCompletion.text("Both are cold."));
        String result = switch (ask) {
            case OPENAI -> ",{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"-5\"}";
            case RESPONSES -> ",{\"type\":\"function_call_output\",\"call_id\":\"1\",\"output\":\"-5\"}";
            case ANTHROPIC -> ",{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"1\"}]}";
            case GEMINI -> ",{\"parts\":[{\"functionResponse\":{\"name\":\"get_weather\"}}]}";
        };
        assertThat(ask.send(provider, false, TOOLS.get(ask)).body()).contains("Oslo");
        assertThat(ask.send(provider, false).body()).as("no tools").contains("Both are cold.");
        assertThat(SimulatedRequestCase.post(provider, ask.path(false), after(ask, result, 1))
                        .body())
                .contains("Bern");
        assertThat(SimulatedRequestCase.post(provider, ask.path(false), after(ask, result, 2))
                        .body())
                .contains("Both are cold.");
    }

    private static String after(SimulatedRequestCase ask, String result, int times) {
        String turn = ask == SimulatedRequestCase.GEMINI
                ? "{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}"
                : "{\"role\":\"user\",\"content\":\"Hi\"}";
        String list = switch (ask) {
            case RESPONSES -> "input";
            case GEMINI -> "contents";
            default -> "messages";
        };
        return "{\"model\":\"sim\",\"" + list + "\":[" + turn + result.repeat(times) + "]" + TOOLS.get(ask) + "}";
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text", "tool", "cut"})
    void responses_stream_by_the_rules_of_the_official_client(String what) throws Exception {
        SimulatedCompletion said =
                SimulatedCompletion.text("Well, hello there.").reasoning("Let me ", "think.");
        provider.answer(
                what.equals("tool")
                        ? said.toolCall("get_weather", "{\"city\":\"Oslo\"}")
                        : what.equals("cut") ? said.finish("max_output_tokens") : said);

        ObjectNode last = ResponsesStreamRules.check(SimulatedRequestCase.RESPONSES
                .send(provider, true, RESPONSES_TOOLS)
                .body());
        JsonNode whole = Json.read(SimulatedRequestCase.RESPONSES
                .send(provider, false, RESPONSES_TOOLS)
                .body());

        assertThat(Json.text(last.get("output")).replace("_sim_1", "_sim_2")).isEqualTo(Json.text(whole.get("output")));
        assertThat(last.path("status").asText()).isEqualTo(what.equals("cut") ? "incomplete" : "completed");
        assertThat(last.at("/output/0/summary/0/text").asText()).isEqualTo("Let me think.");
    }
}
