package io.camelback.protocol;

import static io.camelback.protocol.TrapRequests.call;
import static io.camelback.protocol.TrapRequests.endpoint;
import static io.camelback.protocol.TrapRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.TrapRequests.To;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The traps of docs/wire-formats.md, section 9 about tools, between a caller's request and a provider of any format.
 */
class ToolTrapsTest {
    private static final ObjectNode CITY = json("{'type':'object','properties':{'city':{'type':'string'}}}");

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"[1,2]", "plain words", "{\"$ref\":\"#/x\"}", "{\"a\":1}", ""})
    void trap_08_a_result_is_an_object_for_gemini_and_nothing_in_it_is_interpreted(String result) {
        ObjectNode body = To.GEMINI.write(ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .message(Message.assistant(call("a", "get", "{}")))
                .message(Message.toolResult("a", result))
                .build());

        JsonNode response = To.GEMINI.turns(body).findPath("functionResponse");
        assertThat(response.path("name").asText()).isEqualTo("get");
        assertThat(response.path("response").isObject()).isTrue();
        assertThat(response.path("response").path("output").textValue()).isEqualTo(result);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trap_19_odd_schemas_are_sent_without_changing_the_callers_own(To to) {
        ObjectNode odd = json("{'$schema':'x','type':'object','properties':{'$ref':{'type':'string'},"
                + "'type':{'type':['string','null']},'n':{'type':'integer','minimum':0,'exclusiveMinimum':true},'e':{'enum':[1,2,'']},'c':{'const':'x'},"
                + "'u':{'type':'string','format':'uri'},'m':{'type':'object','additionalProperties':{'type':'string'}},"
                + "'r':{'$ref':'#/$defs/node'}},'$defs':{'node':{'type':'object','properties':"
                + "{'next':{'$ref':'#/$defs/node'}}}}}");
        String before = Json.text(odd);
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .tool(new Tool("get", "Gets.", odd, true))
                .build();

        ObjectNode first = to.write(request);
        ObjectNode again = to.write(request);

        assertThat(Json.text(odd)).isEqualTo(before);
        assertThat(again).isEqualTo(first);
        JsonNode properties = first.path("tools").findPath("properties");
        assertThat(properties.has("type")).as("a property may be called type").isTrue();
        assertThat(properties.path("n").path("type").asText()).isEqualTo("integer");
        if (to == To.GEMINI) {
            assertThat(Json.text(first)).doesNotContain("$schema", "exclusiveMinimum", "\"const\"", "\"uri\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trap_20_tools_get_names_that_the_provider_takes_everywhere_in_the_request(To to) {
        String mcp = "files/read.häufig";
        String same = "files/read.hÄufig";
        String longName = "mcp__" + "x".repeat(130);
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .message(Message.assistant(call("a", mcp, "{}")))
                .message(Message.toolResult("a", "42"))
                .tool(new Tool(mcp, "Reads.", CITY, null))
                .tool(new Tool(same, null, CITY, null))
                .tool(new Tool(longName, null, CITY, null))
                .tool(new Tool("1st", null, CITY, null))
                .toolChoice(ToolChoice.named(mcp))
                .build();

        ObjectNode body = to.write(request);

        assertThat(to.tools(body))
                .hasSize(4)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches(to.dialect.toolNames()));
        String safe = to.tools(body).get(0);
        assertThat(safe).startsWith("files_read_h_ufig_");
        assertThat(Json.text(to.turns(body))).contains("\"" + safe + "\"").doesNotContain(mcp);
        assertThat(Json.text(body)).doesNotContain(mcp, longName);
        assertThat(to.write(request)).as("the same in every turn").isEqualTo(body);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trap_21_a_tool_without_a_description_has_none_and_a_long_one_is_kept(To to) {
        String lengthy = "d".repeat(1500);
        ObjectNode body = to.write(ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .tool(new Tool("a", null, CITY, null))
                .tool(new Tool("b", lengthy, CITY, null))
                .build());

        JsonNode tools = to == To.GEMINI ? body.at("/tools/0/functionDeclarations") : body.path("tools");
        assertThat(tools.get(0).findPath("description").isMissingNode()).isTrue();
        assertThat(tools.get(1).findPath("description").asText()).isEqualTo(lengthy);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"ANTHROPIC", "GEMINI"})
    void trap_21_an_empty_description_is_left_out_where_it_is_refused(To to) {
        ObjectNode body = to.write(ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .tool(new Tool("a", "", CITY, null))
                .build());

        assertThat(body.path("tools").findPath("description").isMissingNode()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trap_22_no_choice_goes_without_tools(To to) {
        ObjectNode body = to.write(ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .toolChoice(ToolChoice.REQUIRED)
                .build());

        assertThat(List.of("tools", "tool_choice", "toolConfig")).noneMatch(body::has);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"RESPONSES", "ANTHROPIC", "GEMINI"})
    void trap_23_legacy_functions_go_as_tools_whose_results_find_their_calls(To to) {
        ChatRequest request =
                endpoint("{'model':'m','functions':[{'name':'get','parameters':{'type':'object','properties':{'a':"
                        + "{'type':'string'}}}}],'function_call':'auto','messages':[{'role':'user','content':'Hi'},"
                        + "{'role':'assistant','content':null,'function_call':{'name':'get','arguments':'{}'}},"
                        + "{'role':'function','name':'get','content':'42'}]}");

        ObjectNode body = to.write(request);

        assertThat(to.tools(body)).containsExactly("get");
        assertThat(Json.text(to.turns(body))).contains("42").doesNotContain("(no result)", "Result of an earlier");
        assertThat(Json.text(body)).doesNotContain("functions\"", "\"function_call\":{");
    }
}
