package io.camelback.protocol.openai.responses;

import static io.camelback.protocol.openai.responses.CodexToolSamples.SEARCH_TOOL;
import static io.camelback.protocol.openai.responses.CodexToolSamples.offered;
import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static io.camelback.testkit.TestProtocol.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.testkit.TestProtocol;
import io.camelback.testkit.WireBody;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How Codex searches among its tools, whichever format the provider speaks. */
class CodexToolSearchTest {
    private static final String FOUND = "{'role':'user','content':'open the page'},{'type':'tool_search_call',"
            + "'call_id':'c1','execution':'client','arguments':{'query':'browser'}},{'type':'tool_search_output',"
            + "'call_id':'c1','execution':'client','tools':[{'type':'function','name':'open_page','parameters':"
            + "{'type':'object','properties':{'url':{'type':'string'}}}}]}";

    @DisplayName("B03 the caller's own tool search")
    @ParameterizedTest(name = "B03 what the caller's search found is offered to {0}, and the search is told whole")
    @EnumSource(names = {"OPENAI", "ANTHROPIC", "GEMINI"})
    void search(TestProtocol target) {
        String body = "{'model':'m','tools':[{'type':'tool_search','execution':'client'}],'input':[" + FOUND + "]}";

        ObjectNode sent = WireBody.of(RESPONSES, target, body).sent();

        assertThat(offered(sent)).containsExactly("tool_search", "open_page");
        assertThat(Json.text(sent)).contains("Tools found: open_page", "browser");
        assertThat(offered(WireBody.of(RESPONSES, target, "{'model':'m','input':[" + FOUND + "]}")
                        .sent()))
                .containsExactly("open_page");
    }

    @Test
    @DisplayName("B03 a model's search is the caller's again; to Responses both items go unchanged")
    void search_by_the_model() {
        String body = "{'model':'m','tools':[{'type':'tool_search','execution':'client'}],'input':[" + FOUND + "]}";

        JsonNode output = WireBody.of(RESPONSES, ANTHROPIC, body)
                .answer("{'id':'m','type':'message','role':'assistant','model':'c','stop_reason':'tool_use','content':["
                        + "{'type':'tool_use','id':'t1','name':'tool_search','input':{'query':'x'}}],'usage':"
                        + "{'input_tokens':1,'output_tokens':1}}")
                .path("output");

        assertThat(output.at("/0/type").asText()).isEqualTo("tool_search_call");
        assertThat(output.at("/0/execution").asText()).isEqualTo("client");
        assertThat(output.at("/0/call_id").asText()).isEqualTo("t1");
        assertThat(output.at("/0/arguments")).isEqualTo(WireBody.json("{'query':'x'}"));
        for (String provider : List.of("openai", "acme")) {
            assertThat(WireBody.of(RESPONSES, RESPONSES, provider, body).sent().get("input"))
                    .isEqualTo(WireBody.json(body).get("input"));
        }
    }

    @Test
    @DisplayName("B03 a search that OpenAI ran is left out whole")
    void search_by_openai() {
        String body = "{'model':'m','input':[{'role':'user','content':'go'},{'type':'tool_search_call','call_id':null,"
                + "'execution':'server','arguments':{}},{'type':'tool_search_output','call_id':null,"
                + "'execution':'server','tools':[" + SEARCH_TOOL + "]}]}";

        ObjectNode sent = WireBody.of(RESPONSES, OPENAI, body).sent();

        assertThat(sent.path("messages")).hasSize(1);
        assertThat(offered(sent)).containsExactly("search");
    }

    @Test
    @DisplayName("B04 a namespace that was found twice is offered once, the last definition at the first place")
    void found_twice() {
        String once = "{'type':'function','name':'get','description':'v1'}";
        String body = "{'model':'m','tools':[{'type':'tool_search','execution':'client'}],'input':["
                + "{'role':'user','content':'go'},"
                + found("c1", once) + "," + found("c2", once.replace("v1", "v2") + ",{'type':'function','name':'put'}")
                + "]}";

        ObjectNode chat = WireBody.of(RESPONSES, OPENAI, body).sent();
        assertThat(offered(chat)).containsExactly("tool_search", "mcp__mem__get", "mcp__mem__put");
        assertThat(chat.at("/tools/1/function/description").asText()).isEqualTo("v2");
        ObjectNode acme = WireBody.of(RESPONSES, RESPONSES, "acme", body).sent();
        assertThat(acme.at("/input/2/tools")).isEmpty();
        assertThat(acme.at("/input/4")).isEqualTo(WireBody.json(body).at("/input/4"));
        assertThat(WireBody.of(RESPONSES, RESPONSES, body).sent().get("input"))
                .isEqualTo(WireBody.json(body).get("input"));
    }

    private static String found(String id, String tools) {
        return "{'type':'tool_search_call','call_id':'" + id + "','execution':'client','arguments':{'query':'a'}},"
                + "{'type':'tool_search_output','call_id':'" + id + "','execution':'client','tools':["
                + "{'type':'namespace','name':'mcp__mem','tools':[" + tools + "]}]}";
    }
}
