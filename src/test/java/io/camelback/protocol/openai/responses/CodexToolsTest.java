package io.camelback.protocol.openai.responses;

import static io.camelback.protocol.openai.responses.CodexToolSamples.SEARCH_TOOL;
import static io.camelback.protocol.openai.responses.CodexToolSamples.offered;
import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static io.camelback.testkit.TestProtocol.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.feature.ProtocolFeature;
import io.camelback.protocol.feature.RequestFeatures;
import io.camelback.routing.RequiredCapabilities;
import io.camelback.testkit.TestProtocol;
import io.camelback.testkit.WireBody;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Codex of today, whichever format the provider speaks: where it puts its tools, how it names them, and how it searches
 * among them.
 *
 * @see <a href="https://github.com/openai/codex/issues/23186">tools in namespaces</a>
 * @see <a href="https://github.com/openai/codex/issues/27423">tools as an item of the input</a>
 */
class CodexToolsTest {
    private static final String ADDITIONAL = "{'model':'m','store':false,'input':[{'type':'additional_tools',"
            + "'role':'developer','id':'at_1','tools':[{'type':'namespace','name':'functions','tools':[{'type':'custom',"
            + "'name':'exec','description':'run js'}]},{'type':'function','name':'read','parameters':{'type':'object',"
            + "'properties':{'p':{'type':'string'}}},'strict':false}]},{'role':'user','content':[{'type':'input_text',"
            + "'text':'hi'}]}]";
    private static final String TWO_SPACES = "{'model':'m','input':[{'role':'user','content':'find x'}],'tools':["
            + "{'type':'namespace','name':'mcp__files','tools':[" + SEARCH_TOOL + "]},"
            + "{'type':'namespace','name':'mcp__web','tools':[" + SEARCH_TOOL + "]}]";

    @DisplayName("B01 tools that stand in the input are offered")
    @ParameterizedTest(name = "B01 tools that stand in the input are offered to {0}")
    @EnumSource(names = {"OPENAI", "ANTHROPIC", "GEMINI"})
    void tools_in_the_input(TestProtocol target) {
        WireBody wire = WireBody.of(RESPONSES, target, ADDITIONAL + ",'tool_choice':'required'}");

        assertThat(offered(wire.sent())).containsExactly("functions__exec", "read");
        assertThat(RequiredCapabilities.of(wire.request()).must()).contains("tools");
        assertThat(RequestFeatures.of(wire.request()))
                .contains(ProtocolFeature.NAMESPACE, ProtocolFeature.TOOLS)
                .doesNotContain(ProtocolFeature.OPENAI_TOOLS);
    }

    @Test
    @DisplayName("B01 to OpenAI the item goes on unchanged; to another maker's server its tools stand in tools")
    void tools_in_the_input_to_its_own_format() {
        ObjectNode asked = WireBody.json(ADDITIONAL + "}");

        assertThat(WireBody.of(RESPONSES, RESPONSES, ADDITIONAL + "}").sent().get("input"))
                .isEqualTo(asked.get("input"));
        ObjectNode other =
                WireBody.of(RESPONSES, RESPONSES, "acme", ADDITIONAL + "}").sent();
        assertThat(other.path("tools")).isEqualTo(asked.at("/input/0/tools"));
        assertThat(other.path("input")).hasSize(1);
    }

    @DisplayName("B01 items that nobody knows")
    @ParameterizedTest(name = "B01 {0} is no error; OpenAI gets it as it came")
    @ValueSource(strings = {"agent_message", "agent_reasoning", "ghost_snapshot", "something_new"})
    void unknown_items(String type) {
        String body = "{'model':'m','input':[{'type':'" + type + "','content':[{'type':'input_text','text':'x'}]},"
                + "{'role':'user','content':'go'}]}";

        assertThat(WireBody.of(RESPONSES, RESPONSES, body).sent().get("input"))
                .isEqualTo(WireBody.json(body).get("input"));
        assertThat(Json.text(WireBody.of(RESPONSES, ANTHROPIC, body).sent())).contains("\"text\":\"go\"");
    }

    @Test
    @DisplayName("B02 a tool of a namespace is called by a function and comes back in its namespace")
    void namespaces() {
        WireBody wire = WireBody.of(RESPONSES, OPENAI, TWO_SPACES + ",'stream':true}");

        assertThat(offered(wire.sent())).containsExactly("mcp__files__search", "mcp__web__search");
        List<JsonNode> told = wire.stream(
                "{'id':'x','model':'g','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'c1','type':'function',"
                        + "'function':{'name':'mcp__web__search','arguments':''}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{\\'q\\':\\'x\\'}'}}]}}]}"
                        .replace("\\'", "\\\""),
                "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}");
        for (JsonNode item : List.of(
                event(told, "response.output_item.added").path("item"),
                event(told, "response.output_item.done").path("item"),
                event(told, "response.completed").at("/response/output/0"))) {
            assertThat(item.path("type").asText()).isEqualTo("function_call");
            assertThat(item.path("namespace").asText()).isEqualTo("mcp__web");
            assertThat(item.path("name").asText()).isEqualTo("search");
        }
        assertThat(event(told, "response.completed")
                        .at("/response/output/0/arguments")
                        .asText())
                .isEqualTo("{\"q\":\"x\"}");
    }

    @Test
    @DisplayName("B02 a call of the history has the function's name again, and names that would be one stay apart")
    void history_and_collisions() {
        String body = "{'model':'m','input':[{'role':'user','content':'x'},{'type':'function_call','namespace':'a',"
                + "'name':'b__c','call_id':'k1','arguments':'{}'},{'type':'function_call_output','call_id':'k1',"
                + "'output':'1'},{'type':'function_call','namespace':'a__b','name':'c','call_id':'k2','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'k2','output':'2'}],'tools':["
                + "{'type':'namespace','name':'a','tools':[{'type':'function','name':'b__c'}]},"
                + "{'type':'namespace','name':'a__b','tools':[{'type':'function','name':'c'}]}]}";

        ObjectNode sent = WireBody.of(RESPONSES, OPENAI, body).sent();

        List<String> names = offered(sent);
        assertThat(names).hasSize(2).doesNotHaveDuplicates();
        assertThat(sent.at("/messages/1/tool_calls/0/function/name").asText()).isEqualTo(names.get(0));
        assertThat(sent.at("/messages/3/tool_calls/0/function/name").asText()).isEqualTo(names.get(1));
    }

    @DisplayName("B02 a choice that names a tool of a namespace")
    @ParameterizedTest(name = "B02 {0} names a tool of a namespace")
    @ValueSource(
            strings = {
                "{'type':'function','name':'search','namespace':'mcp__files'}",
                "{'type':'function','name':'search'}",
                "{'type':'function','function':{'name':'search'}}"
            })
    void named_choice(String choice) {
        ObjectNode sent = WireBody.of(RESPONSES, OPENAI, TWO_SPACES + ",'tool_choice':" + choice + "}")
                .sent();

        assertThat(sent.at("/tool_choice/function/name").asText()).isEqualTo("mcp__files__search");
    }

    @DisplayName("B02 a stream that was made anew keeps namespace, kind and phase")
    @ParameterizedTest(name = "B02 a {0} of a namespace keeps its kind and its namespace in a stream made anew")
    @ValueSource(strings = {"custom_tool_call", "function_call"})
    void made_anew(String type) {
        boolean custom = type.equals("custom_tool_call");
        String body = "{'model':'m','stream':true,'input':'x','tools':[{'type':'namespace','name':'functions','tools':["
                + "{'type':'" + (custom ? "custom" : "function") + "','name':'exec'}]}]}";
        String item = "{'type':'" + type + "','id':'i_1','call_id':'c','name':'exec','namespace':'functions',"
                + (custom ? "'input':'ls'" : "'arguments':'{}'") + ",'status':'completed'}";

        List<JsonNode> told = WireBody.of(RESPONSES, RESPONSES, body)
                .made(
                        "{'type':'response.created','response':{'id':'r','model':'g'}}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'message','id':'m1',"
                                + "'phase':'commentary','content':[{'type':'output_text','text':'Look:'}]}}",
                        "{'type':'response.output_item.done','output_index':1,'item':" + item + "}",
                        "{'type':'response.completed','response':{'status':'completed','output':[]}}");

        JsonNode output = event(told, "response.completed").at("/response/output");
        assertThat(output.at("/0/phase").asText()).isEqualTo("commentary");
        assertThat(output.at("/1/type").asText()).isEqualTo(type);
        assertThat(output.at("/1/namespace").asText()).isEqualTo("functions");
        assertThat(output.at("/1/name").asText()).isEqualTo("exec");
        assertThat(output.at(custom ? "/1/input" : "/1/arguments").asText()).isEqualTo(custom ? "ls" : "{}");
    }

    @DisplayName("B05 a conversation that was compacted, or is to be")
    @ParameterizedTest(name = "B05 {0} passes over who cannot read it")
    @ValueSource(
            strings = {
                "{'role':'user','content':'long'},{'type':'compaction_trigger','id':'ct_1'}",
                "{'type':'compaction','id':'cmp_1','encrypted_content':'ALL'},{'role':'user','content':'go on'}",
                "{'type':'compaction_summary','encrypted_content':'ALL'},{'role':'user','content':'go on'}",
                "{'type':'context_compaction'},{'role':'user','content':'go on'}",
                "{'role':'user','content':'x'},{'type':'mcp_approval_response','approve':true,'approval_request_id':'a'}",
                "{'type':'computer_call_output','call_id':'c','output':{'type':'computer_screenshot'}}",
                "{'type':'tool_search_output','call_id':null,'execution':'server','tools':[]}"
            })
    void compaction(String items) {
        String body = "{'model':'m','input':[" + items + "]}";

        for (TestProtocol target : List.of(OPENAI, ANTHROPIC, GEMINI)) {
            assertThatThrownBy(() -> WireBody.of(RESPONSES, target, body).sent())
                    .isInstanceOf(UnsupportedFeatureException.class);
        }
        assertThat(WireBody.of(RESPONSES, RESPONSES, body).sent().get("input"))
                .isEqualTo(WireBody.json(body).get("input"));
    }

    @DisplayName("B08 what the assistant said goes to a Responses server as a string")
    @ParameterizedTest(name = "B08 what the assistant said goes to a Responses server as a string, from {0}")
    @EnumSource(names = {"OPENAI", "ANTHROPIC", "GEMINI"})
    void assistants_text(TestProtocol endpoint) {
        String turns = switch (endpoint) {
            case GEMINI ->
                "{'contents':[{'role':'user','parts':[{'text':'Hi'}]},{'role':'model','parts':["
                        + "{'text':'Hel'},{'text':'lo'}]},{'role':'user','parts':[{'text':'go'}]}]}";
            default ->
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi'},"
                        + "{'role':'assistant','content':'Hello'},{'role':'user','content':'go'}]}";
        };

        JsonNode said = WireBody.of(endpoint, RESPONSES, "acme", turns).sent().at("/input/1");

        assertThat(said).isEqualTo(WireBody.json("{'type':'message','role':'assistant','content':'Hello'}"));
    }

    private static JsonNode event(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
