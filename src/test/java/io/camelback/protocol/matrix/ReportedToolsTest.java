package io.camelback.protocol.matrix;

import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.OPENAI;
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

/** Tools as clients really offer them, at each endpoint to each provider: docs/client-reports.md. */
class ReportedToolsTest {
    private static final String SPACES =
            "{'model':'m','stream':%s,'input':[{'role':'user','content':'find x'}],'tools':["
                    + "{'type':'function','name':'search','parameters':{'type':'object','properties':{}}},"
                    + "{'type':'namespace','name':'mcp__files','tools':[{'type':'function','name':'search','parameters':"
                    + "{'type':'object','properties':{'q':{'type':'string'}}}}]},{'type':'namespace','name':'mcp__"
                    + "x".repeat(60)
                    + "','tools':[{'type':'function','name':'search'},{'type':'custom','name':'exec'}]}]%s}";

    /** Name and description of each tool that goes out. */
    private static List<String> offered(JsonNode sent) {
        List<String> tools = new ArrayList<>();
        for (JsonNode tool : sent.path("tools")) {
            JsonNode list = tool.path("functionDeclarations");
            List<JsonNode> all = new ArrayList<>();
            list.forEach(all::add);
            if (!list.isArray()) {
                all.add(tool.has("function") ? tool.path("function") : tool);
            }
            all.forEach(one -> tools.add(
                    one.path("name").asText() + " " + one.path("description").asText()));
        }
        return tools;
    }

    private static String twice(TestProtocol endpoint) {
        return switch (endpoint) {
            case ANTHROPIC ->
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],'tools':["
                        + "{'name':'f','description':'v1','input_schema':{'type':'object','properties':{}}},"
                        + "{'name':'g','description':'g','input_schema':{'type':'object','properties':{}}},"
                        + "{'name':'f','description':'v2','input_schema':{'type':'object','properties':{}}}]}";
            case GEMINI ->
                "{'contents':[{'role':'user','parts':[{'text':'x'}]}],'tools':[{'functionDeclarations':["
                        + "{'name':'f','description':'v1'},{'name':'g','description':'g'}]},"
                        + "{'functionDeclarations':[{'name':'f','description':'v2'}]}]}";
            case RESPONSES ->
                "{'model':'m','input':'x','tools':[{'type':'function','name':'f','description':'v1'},"
                        + "{'type':'function','name':'g','description':'g'},{'type':'function','name':'f','description':'v2'}]}";
            default ->
                "{'model':'m','messages':[{'role':'user','content':'x'}],'tools':["
                        + "{'type':'function','function':{'name':'f','description':'v1'}},"
                        + "{'type':'function','function':{'name':'g','description':'g'}},"
                        + "{'type':'function','function':{'name':'f','description':'v2'}}]}";
        };
    }

    @DisplayName("B04 a tool that is offered twice")
    @ParameterizedTest(name = "B04 by a caller of {0} reaches each provider once, the last one at the first place")
    @EnumSource
    void twice_offered(TestProtocol endpoint) {
        for (TestProtocol target : TestProtocol.values()) {
            if (endpoint != target || endpoint == ANTHROPIC || endpoint == GEMINI) {
                assertThat(offered(
                                WireBody.of(endpoint, target, twice(endpoint)).sent()))
                        .as("to %s", target)
                        .containsExactly("f v2", "g g");
            }
            if (target != GEMINI) {
                assertThat(offered(WireBody.of(endpoint, target, "acme", twice(endpoint))
                                .sent()))
                        .as("to acme's %s", target)
                        .containsExactly("f v2", "g g");
            }
        }
    }

    private static String names(ObjectNode sent, int at) {
        return offered(sent).get(at).replaceFirst(" .*", "");
    }

    @DisplayName("B02 tools in namespaces beside plain ones")
    @ParameterizedTest(name = "B02 {0} gets a harmless name for each, and its calls come back in their namespaces")
    @EnumSource(names = {"OPENAI", "ANTHROPIC", "GEMINI"})
    void namespaces(TestProtocol target) {
        ObjectNode sent =
                WireBody.of(RESPONSES, target, SPACES.formatted("false", "")).sent();

        assertThat(offered(sent)).hasSize(4).doesNotHaveDuplicates();
        for (int i = 0; i < 4; i++) {
            assertThat(names(sent, i)).matches(target.dialect.toolNames());
        }
        assertThat(names(sent, 0)).isEqualTo("search");
        String flat = names(sent, 1);
        String longest = names(sent, 2);
        JsonNode whole = WireBody.of(RESPONSES, target, SPACES.formatted("false", ""))
                .answer(called(target, flat, longest))
                .path("output");
        assertCalls(whole);
        if (target == OPENAI) {
            List<JsonNode> told = WireBody.of(RESPONSES, target, SPACES.formatted("true", "")).stream(
                    "{'id':'x','model':'g','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'c1','type':"
                            + "'function','function':{'name':'" + flat + "','arguments':'{}'}},{'index':1,'id':'c2',"
                            + "'type':'function','function':{'name':'" + longest + "','arguments':'{}'}}]}}]}",
                    "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}");
            assertCalls(told.get(told.size() - 1).at("/response/output"));
        }
    }

    private static void assertCalls(JsonNode output) {
        assertThat(output.at("/0/namespace").asText()).as(Json.text(output)).isEqualTo("mcp__files");
        assertThat(output.at("/0/name").asText()).isEqualTo("search");
        assertThat(output.at("/1/namespace").asText()).isEqualTo("mcp__" + "x".repeat(60));
        assertThat(output.at("/1/name").asText()).isEqualTo("search");
    }

    private static String called(TestProtocol target, String one, String other) {
        return switch (target) {
            case ANTHROPIC ->
                "{'id':'m','type':'message','role':'assistant','model':'c','stop_reason':'tool_use','content':["
                        + "{'type':'tool_use','id':'t1','name':'" + one + "','input':{}},{'type':'tool_use','id':'t2',"
                        + "'name':'" + other + "','input':{}}],'usage':{'input_tokens':1,'output_tokens':1}}";
            case GEMINI ->
                "{'candidates':[{'content':{'role':'model','parts':[{'functionCall':{'name':'" + one
                        + "','args':{}}},{'functionCall':{'name':'" + other
                        + "','args':{}}}]},'finishReason':'STOP'}]}";
            default ->
                "{'id':'x','model':'g','choices':[{'index':0,'finish_reason':'tool_calls','message':{'role':'assistant',"
                        + "'content':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'" + one
                        + "','arguments':'{}'}},{'id':'c2','type':'function','function':{'name':'" + other
                        + "','arguments':'{}'}}]}}]}";
        };
    }

    @Test
    @DisplayName("B02 a choice of one in a namespace, beside a plain tool of the same name")
    void choices() {
        String inSpace = SPACES.formatted(
                "false", ",'tool_choice':{'type':'function','name':'search','namespace':'mcp__files'}");
        String plain = SPACES.formatted("false", ",'tool_choice':{'type':'function','name':'search'}");

        ObjectNode chat = WireBody.of(RESPONSES, OPENAI, inSpace).sent();
        assertThat(chat.at("/tool_choice/function/name").asText()).isEqualTo(names(chat, 1));
        assertThat(WireBody.of(RESPONSES, ANTHROPIC, plain)
                        .sent()
                        .at("/tool_choice/name")
                        .asText())
                .isEqualTo("search");
        assertThat(WireBody.of(RESPONSES, GEMINI, inSpace)
                        .sent()
                        .at("/toolConfig/functionCallingConfig/allowedFunctionNames/0")
                        .asText())
                .isEqualTo(names(chat, 1));
    }

    @Test
    @DisplayName("B01 tools of the input and of tools together, and a required choice with those of the input alone")
    void both_places() {
        String body =
                "{'model':'m','stream':true,'tools':[{'type':'function','name':'plain'}],'tool_choice':'required',"
                        + "'input':[{'type':'additional_tools','role':'developer','id':'at_1','tools':[{'type':'function','name':"
                        + "'read'},{'type':'function','name':'plain','description':'later'}]},{'role':'user','content':'hi'}]}";
        for (TestProtocol target : List.of(OPENAI, ANTHROPIC, GEMINI)) {
            assertThat(offered(WireBody.of(RESPONSES, target, body).sent()))
                    .as("to %s", target)
                    .containsExactly("plain later", "read ");
        }
        String alone = body.replace("'tools':[{'type':'function','name':'plain'}],'tool_choice'", "'tool_choice'");
        assertThat(WireBody.of(RESPONSES, OPENAI, alone)
                        .sent()
                        .path("tool_choice")
                        .asText())
                .isEqualTo("required");
        assertThat(WireBody.of(RESPONSES, ANTHROPIC, alone)
                        .sent()
                        .at("/tool_choice/type")
                        .asText())
                .isEqualTo("any");
    }
}
