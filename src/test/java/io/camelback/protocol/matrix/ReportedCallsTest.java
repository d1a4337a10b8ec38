package io.camelback.protocol.matrix;

import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.testkit.TestProtocol;
import io.camelback.testkit.WireBody;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls and the reasoning behind them, on their way to the client and back: docs/client-reports.md. */
class ReportedCallsTest {
    private static final String REASONING =
            "{'type':'reasoning','id':'rs_own','summary':[{'type':'summary_text','text':'hm'}],'encrypted_content':'ENC1'}";
    private static final String CALL =
            "{'type':'function_call','id':'fc_1','call_id':'c','name':'f','arguments':'{\\'c\\':1}','status':'completed'}";
    private static final String BEGIN = "{'type':'response.created','response':{'id':'r','model':'g','output':[]}}";

    private static String asked(TestProtocol endpoint, boolean stream) {
        return switch (endpoint) {
            case ANTHROPIC ->
                "{'model':'m','max_tokens':2000,'stream':" + stream + ",'messages':[{'role':'user','content':'a'}]}";
            case GEMINI -> "{'contents':[{'role':'user','parts':[{'text':'a'}]}]}";
            case RESPONSES -> "{'model':'m','store':false,'stream':" + stream + ",'input':'a'}";
            default -> "{'model':'m','stream':" + stream + ",'messages':[{'role':'user','content':'a'}]}";
        };
    }

    private static String[] reasoned() {
        return new String[] {
            BEGIN,
            "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning','id':'rs_own','summary':[]}}",
            "{'type':'response.output_item.done','output_index':0,'item':" + REASONING + "}",
            "{'type':'response.output_item.added','output_index':1,'item':" + CALL.replace("{\\'c\\':1}", "") + "}",
            "{'type':'response.output_item.done','output_index':1,'item':" + CALL + "}",
            "{'type':'response.completed','response':{'id':'r','status':'completed','output':[" + REASONING + "," + CALL
                    + "]}}"
        };
    }

    @Test
    @DisplayName("B10 encrypted reasoning goes back under the provider's own id or none, relayed and made anew")
    void encrypted_reasoning() {
        WireBody wire = WireBody.of(RESPONSES, RESPONSES, asked(RESPONSES, true));
        for (List<JsonNode> told : List.of(wire.stream(reasoned()), wire.made(reasoned()))) {
            JsonNode output = told.get(told.size() - 1).at("/response/output");
            assertOwnId(WireBody.of(RESPONSES, RESPONSES, history(output)).sent());
        }
        JsonNode whole = WireBody.of(RESPONSES, RESPONSES, asked(RESPONSES, false))
                .answer("{'id':'r','object':'response','status':'completed','model':'g','output':[" + REASONING + ","
                        + CALL + "]}")
                .path("output");
        assertOwnId(WireBody.of(RESPONSES, RESPONSES, history(whole)).sent());
    }

    private static String history(JsonNode output) {
        String items = Json.text(output);
        return "{\"model\":\"m\",\"store\":false,\"input\":[{\"role\":\"user\",\"content\":\"a\"},"
                + items.substring(1, items.length() - 1)
                + ",{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"1\"}]}";
    }

    @Test
    @DisplayName("B10 encrypted reasoning that an Anthropic client brings back is the provider's own")
    void encrypted_reasoning_of_a_messages_client() {
        JsonNode content = WireBody.of(ANTHROPIC, RESPONSES, asked(ANTHROPIC, false))
                .answer("{'id':'r','object':'response','status':'completed','model':'g','output':[" + REASONING + ","
                        + CALL + "]}")
                .path("content");
        String back = "{\"model\":\"m\",\"max_tokens\":2000,\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":" + Json.text(content) + "},{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"tool_result\",\"tool_use_id\":\""
                + content.at("/1/id").asText()
                + "\",\"content\":\"1\"}]}]}";

        assertOwnId(WireBody.of(ANTHROPIC, RESPONSES, back).sent());
    }

    private static void assertOwnId(ObjectNode sent) {
        List<JsonNode> reasoning = new ArrayList<>();
        sent.path("input").forEach(item -> {
            if (item.path("type").asText().equals("reasoning")) {
                reasoning.add(item);
            }
        });
        assertThat(reasoning).as(sent.toString()).singleElement().satisfies(item -> {
            assertThat(item.path("encrypted_content").asText()).isEqualTo("ENC1");
            assertThat(item.path("id").asText("rs_own")).isEqualTo("rs_own");
        });
    }

    @DisplayName("B37 arguments that a Responses server tells three times")
    @ParameterizedTest(name = "B37 to a caller of {0} they go once, with and without deltas")
    @EnumSource
    void told_once(TestProtocol endpoint) {
        String added =
                "{'type':'response.output_item.added','output_index':0,'item':" + CALL.replace("{\\'c\\':1}", "") + "}";
        String delta =
                "{'type':'response.function_call_arguments.delta','output_index':0,'item_id':'fc_1','delta':'%s'}";
        String done = "{'type':'response.function_call_arguments.done','output_index':0,'item_id':'fc_1','arguments':"
                + "'{\\'c\\':1}'}";
        String itemDone = "{'type':'response.output_item.done','output_index':0,'item':" + CALL + "}";
        String end = "{'type':'response.completed','response':{'id':'r','status':'completed','output':[" + CALL + "]}}";
        WireBody wire = WireBody.of(endpoint, RESPONSES, asked(endpoint, true));

        assertOnce(
                endpoint,
                wire.stream(BEGIN, added, delta.formatted("{\\'c\\':"), delta.formatted("1}"), done, itemDone, end));
        assertOnce(endpoint, wire.stream(BEGIN, added, done, itemDone, end));
        String whole = Json.text(WireBody.of(endpoint, RESPONSES, asked(endpoint, false))
                        .answer("{'id':'r','object':'response','status':'completed','model':'g','output':[" + CALL
                                + "]}"))
                .replace("\\", "");
        assertThat(whole.split("\"c\":1", -1)).as(whole).hasSize(2);
    }

    private static void assertOnce(TestProtocol endpoint, List<JsonNode> told) {
        StringBuilder arguments = new StringBuilder();
        for (JsonNode event : told) {
            switch (endpoint) {
                case ANTHROPIC ->
                    arguments.append(event.at("/delta/partial_json").asText(""));
                case GEMINI -> event.findValues("args").forEach(args -> arguments.append(Json.text(args)));
                case RESPONSES -> {
                    if (event.path("type").asText().equals("response.completed")) {
                        arguments.append(
                                event.at("/response/output/0/arguments").asText());
                    }
                }
                default ->
                    arguments.append(event.at("/choices/0/delta/tool_calls/0/function/arguments")
                            .asText(""));
            }
        }
        assertThat(arguments.toString()).as(told.toString()).isEqualTo("{\"c\":1}");
    }

    @Test
    @DisplayName("B43 parallel calls of Gemini keep their order, and each result its call and its picture")
    void parallel_calls() {
        List<JsonNode> told = WireBody.of(ANTHROPIC, GEMINI, asked(ANTHROPIC, true)).stream(
                "{'responseId':'r','modelVersion':'g','candidates':[{'content':{'role':'model','parts':[{'functionCall':"
                        + "{'id':'g1','name':'Read','args':{'p':'a'}},'thoughtSignature':'U0lH'}]}}]}",
                "{'candidates':[{'content':{'role':'model','parts':[{'functionCall':{'id':'g2','name':'Read','args':"
                        + "{'p':'b'}}}]}}]}",
                "{'candidates':[{'content':{'parts':[]},'finishReason':'STOP'}]}");
        List<String> ids = told.stream()
                .filter(event -> event.at("/content_block/type").asText().equals("tool_use"))
                .map(event -> event.at("/content_block/id").asText())
                .toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();

        String uses = "{'type':'tool_use','id':'" + ids.get(0)
                + "','name':'Read','input':{'p':'a'}},{'type':'tool_use','id':'" + ids.get(1)
                + "','name':'Read','input':{'p':'b'}}";
        ObjectNode sent = WireBody.of(
                        ANTHROPIC,
                        GEMINI,
                        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':["
                                + uses + "]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'"
                                + ids.get(1)
                                + "','content':'two'},{'type':'tool_result','tool_use_id':'" + ids.get(0)
                                + "','content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':"
                                + "'iVBORw0KGgo='}}]}]}]}")
                .sent();

        List<JsonNode> calls = sent.findValues("functionCall");
        List<JsonNode> results = sent.findValues("functionResponse");
        assertThat(calls).extracting(call -> call.at("/args/p").asText()).containsExactly("a", "b");
        assertThat(results).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(results.get(i).path("id")).isEqualTo(calls.get(i).path("id"));
            assertThat(results.get(i).path("name").asText()).isEqualTo("Read");
        }
        assertThat(Json.text(results.get(0))).contains("iVBORw0KGgo=").doesNotContain("two");
        assertThat(Json.text(results.get(1))).contains("two").doesNotContain("iVBORw0KGgo=");
    }

    @Test
    @DisplayName("B43 between Gemini and Gemini the ids stay as they came")
    void own_ids() {
        String contents =
                "{'contents':[{'role':'user','parts':[{'text':'a'}]},{'role':'model','parts':[{'functionCall':{'id':'g1',"
                        + "'name':'Read','args':{}},'thoughtSignature':'U0lH'}]},{'role':'user','parts':[{'functionResponse':"
                        + "{'id':'g1','name':'Read','response':{'output':'x'}}}]}]}";

        assertThat(WireBody.of(GEMINI, GEMINI, contents).sent().get("contents"))
                .isEqualTo(WireBody.json(contents).get("contents"));
    }
}
