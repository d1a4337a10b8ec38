package io.camelback.protocol.openai.chat.client;

import static io.camelback.protocol.openai.chat.client.ClientShapeRequests.CALL;
import static io.camelback.protocol.openai.chat.client.ClientShapeRequests.chat;
import static io.camelback.protocol.openai.chat.client.ClientShapeRequests.sent;
import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static io.camelback.testkit.TestProtocol.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.testkit.TestProtocol;
import io.camelback.testkit.WireBody;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests as real clients send them, at the endpoint for Chat Completions: none is an error there, and no server of
 * the same format gets what it is known to refuse.
 *
 * @see io.camelback.protocol.ProviderLimit
 */
class ClientShapesTest {
    private static final List<String> SERVERS =
            List.of("openai", "acme", "openrouter", "groq", "mistral", "deepseek", "local");
    private static final String PNG = "{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo='}}";

    @Test
    @DisplayName("B11 a picture in a tool message reaches each provider where it can be seen")
    void pictures() {
        String body = chat(
                CALL + ",{'role':'tool','tool_call_id':'c1','content':[{'type':'text','text':'done'}," + PNG + "]}");

        assertThat(WireBody.of(OPENAI, ANTHROPIC, body)
                        .sent()
                        .at("/messages/2/content/0/content/1/type")
                        .asText())
                .isEqualTo("image");
        assertThat(Json.text(WireBody.of(OPENAI, GEMINI, body).sent())).contains("iVBORw0KGgo=");
        assertThat(WireBody.of(OPENAI, RESPONSES, body)
                        .sent()
                        .at("/input/2/output/1/type")
                        .asText())
                .isEqualTo("input_image");
        for (String strict : List.of("openai", "acme")) {
            ObjectNode sent = sent(strict, body);
            assertThat(sent.at("/messages/2/content").asText()).startsWith("done");
            assertThat(sent.at("/messages/3/role").asText()).isEqualTo("user");
            assertThat(sent.at("/messages/3/content/1/type").asText()).isEqualTo("image_url");
        }
        assertThat(sent("openrouter", body).get("messages"))
                .isEqualTo(WireBody.json(body).get("messages"));
    }

    @DisplayName("B11 B14 content that a tool or an assistant may have")
    @ParameterizedTest(name = "B11 B14 {0} is no error for any target")
    @ValueSource(
            strings = {
                "{'role':'tool','tool_call_id':'c1','content':null}",
                "{'role':'tool','tool_call_id':'c1'}",
                "{'role':'tool','tool_call_id':'c1','content':[]}",
                "{'role':'tool','tool_call_id':'c1','content':{'ok':1}}",
                "{'role':'tool','tool_call_id':'c1','content':[{'type':'image_url','image_url':'data:image/png;base64,iVBORw0KGgo='}]}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant'}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':null}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':[]}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':''}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':null,'reasoning_content':'hm'}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':[{'type':'text','text':''}]}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'system','content':[]}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'user','content':[]}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'user','content':''}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':[{'type':'reference','reference_ids':[1]},{'type':'text','text':'x'}]}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':[{'type':'redacted_thinking','data':'x'}]}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':[{'type':'output_text','text':'x'}]}",
                "{'role':'tool','tool_call_id':'c1','content':'r'},{'role':'assistant','content':[{'type':'something_new'}]}"
            })
    void contents(String messages) {
        String body = chat(CALL + "," + messages + ",{'role':'user','content':'go'}");

        for (TestProtocol target : TestProtocol.values()) {
            assertThat(Json.text(WireBody.of(OPENAI, target, body).sent())).contains("go");
        }
        for (String server : SERVERS) {
            for (JsonNode message : sent(server, body).path("messages")) {
                boolean calls = message.has("tool_calls");
                assertThat(calls || !message.path("content").isNull() && message.has("content"))
                        .as("%s: %s", server, message)
                        .isTrue();
                assertThat(message.path("role").asText().equals("tool")
                                && !server.equals("openrouter")
                                && !server.equals("local"))
                        .as("%s: %s", server, message)
                        .isIn(false, message.path("content").isTextual());
            }
        }
    }

    @Test
    @DisplayName("B12 input instead of messages is read as Responses and answered as Chat Completions")
    void responses_body() {
        WireBody wire = WireBody.of(
                OPENAI,
                ANTHROPIC,
                "{'model':'m','stream':true,'input':[{'role':'user','content':'hi'}],'tools':[{'type':'function','name':'f',"
                        + "'parameters':{'type':'object','properties':{}}},{'type':'custom','name':'ApplyPatch','format':"
                        + "{'type':'text'}}],'reasoning':{'effort':'medium'}}");

        assertThat(wire.sent().at("/tools/1/name").asText()).isEqualTo("ApplyPatch");
        JsonNode answer =
                wire.answer("{'id':'m','type':'message','role':'assistant','model':'c','stop_reason':'tool_use',"
                        + "'content':[{'type':'tool_use','id':'t1','name':'ApplyPatch','input':{'input':'*** Begin'}}],'usage':"
                        + "{'input_tokens':1,'output_tokens':1}}");
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(Json.text(answer.at("/choices/0/message/tool_calls/0"))).contains("ApplyPatch", "*** Begin");
    }

    @DisplayName("B13 B16 fields that are null, empty or private")
    @ParameterizedTest(
            name = "B13 B16 {0} gets no empty list of calls and, where it refuses them, no nulls and private fields")
    @ValueSource(strings = {"openai", "acme", "openrouter", "groq", "mistral", "deepseek", "local"})
    void empty_fields(String server) {
        ObjectNode sent = sent(
                server,
                "{'model':'m','stop':null,'messages':[{'role':'user','content':'a','name':null},{'role':'assistant',"
                        + "'content':'b','tool_calls':[],'function_call':null,'audio':null,'refusal':null,'annotations':[],"
                        + "'id':'x','provider_specific_fields':{}},{'role':'user','content':'c'}],'tools':[{'type':'function',"
                        + "'function':{'name':'f','description':null,'strict':null,'parameters':{'type':'object',"
                        + "'properties':{}}},'copilot_mcp_server_name':'x'}]}");

        JsonNode said = sent.at("/messages/1");
        assertThat(said.has("tool_calls")).isFalse();
        assertThat(said.has("function_call")).isFalse();
        assertThat(said.has("audio")).isFalse();
        if (!server.equals("openai")) {
            assertThat(Json.text(sent)).doesNotContain("null");
        }
        if (!server.equals("openai") && !server.equals("openrouter")) {
            assertThat(Json.text(sent)).doesNotContain("copilot", "annotations", "provider_specific_fields");
        }
    }

    @DisplayName("B15 Mistral's thinking")
    @ParameterizedTest(name = "B15 {0}: the thought is not the answer")
    @ValueSource(strings = {"openai", "acme", "mistral"})
    void thinking(String server) {
        String body =
                chat("{'role':'assistant','content':[{'type':'thinking','thinking':[{'type':'text','text':'17*20'}],"
                        + "'closed':true},{'type':'text','text':'391'}]},{'role':'user','content':'sure?'}");

        JsonNode said = sent(server, body).at("/messages/1");

        if (server.equals("mistral")) {
            assertThat(said).isEqualTo(WireBody.json(body).at("/messages/1"));
        } else {
            assertThat(Json.text(said)).contains("391").doesNotContain("17*20");
        }
        assertThat(Json.text(WireBody.of(OPENAI, ANTHROPIC, body).sent()))
                .contains("391")
                .doesNotContain("17*20");
    }

    @DisplayName("B18 the wish for thinking in another maker's words")
    @ParameterizedTest(name = "B18 {0} is {1} to OpenAI, and nothing that OpenAI refuses goes out")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'reasoning':{'effort':'high'} | high",
                "'reasoning':{'max_tokens':2000} | low",
                "'reasoning':{'enabled':true} | medium",
                "'thinking':{'type':'disabled'} | none",
                "'thinking':{'type':'enabled','budget_tokens':4000} | medium",
                "'enable_thinking':false | none",
                "'thinking_budget':20000 | high",
                "'reasoning':{'effort':'low'},'reasoning_effort':'high' | high"
            })
    void efforts(String words, String effort) {
        String body = "{'model':'m','messages':[{'role':'user','content':'think'}]," + words + "}";

        ObjectNode sent = sent("openai", body);

        assertThat(sent.path("reasoning_effort").asText()).isEqualTo(effort);
        assertThat(sent.has("reasoning")
                        || sent.has("thinking")
                        || sent.has("enable_thinking")
                        || sent.has("thinking_budget"))
                .isFalse();
        String claude = Json.text(WireBody.of(OPENAI, ANTHROPIC, body).sent());
        assertThat(claude.contains("\"effort\":\"" + effort + "\"")).isEqualTo(!effort.equals("none"));
        assertThat(sent("openrouter", body).has("reasoning")).isEqualTo(words.contains("'reasoning':"));
        assertThat(sent("deepseek", body).has("thinking")).isEqualTo(words.contains("'thinking':"));
        assertThat(sent("groq", body).has("thinking")).isFalse();
    }

    @DisplayName("B18 the wish for thinking reaches every format")
    @ParameterizedTest(name = "B18 {1} to {0}: effort {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OPENAI | {'model':'m','messages':[{'role':'user','content':'x'}],'reasoning':{'effort':'high'}} | high",
                "OPENAI | {'model':'m','messages':[{'role':'user','content':'x'}],'thinking':{'type':'enabled','budget_tokens':4000}} | medium",
                "OPENAI | {'model':'m','messages':[{'role':'user','content':'x'}],'extra_body':{'google':{'thinking_config':{'thinking_budget':900}}}} | low",
                "ANTHROPIC | {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],'reasoning_effort':'high'} | high",
                "ANTHROPIC | {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],'reasoning':{'max_tokens':2000}} | low",
                "RESPONSES | {'model':'m','input':'x','reasoning':{'max_tokens':2000}} | low",
                "RESPONSES | {'model':'m','input':'x','reasoning':{'enabled':true,'summary':'auto'}} | medium",
                "RESPONSES | {'model':'m','input':'x','reasoning_effort':'high'} | high"
            })
    void efforts_everywhere(TestProtocol endpoint, String body, String effort) {
        assertThat(WireBody.of(endpoint, OPENAI, body)
                        .sent()
                        .path("reasoning_effort")
                        .asText())
                .isEqualTo(effort);
        ObjectNode claude = WireBody.of(endpoint, ANTHROPIC, body).sent();
        assertThat(claude.at("/output_config/effort").asText()).isEqualTo(effort);
        assertThat(claude.at("/thinking/type").asText()).isEqualTo("adaptive");
        ObjectNode responses = WireBody.of(endpoint, RESPONSES, body).sent();
        assertThat(responses.at("/reasoning/effort").asText()).isEqualTo(effort);
        assertThat(WireBody.of(endpoint, GEMINI, body)
                        .sent()
                        .at("/generationConfig/thinkingConfig/thinkingLevel")
                        .asText())
                .isEqualToIgnoringCase(effort);
        for (ObjectNode sent : List.of(claude, responses)) {
            assertThat(sent.has("reasoning_effort") || sent.has("extra_body")).isFalse();
            assertThat(Json.text(sent)).doesNotContain("\"max_tokens\":2000", "enabled\"");
        }
        assertThat(claude.has("reasoning")).isFalse();
    }

    @Test
    @DisplayName("B18 a format's own word counts, and its bytes stay")
    void own_words() {
        String claude = "{'model':'m','max_tokens':9,'thinking':{'type':'adaptive'},'output_config':{'effort':'low'},"
                + "'messages':[{'role':'user','content':'x'}],'reasoning_effort':'high'}";
        String responses =
                "{'model':'m','input':'x','reasoning':{'effort':'low','summary':'auto'},'thinking_budget':9000}";

        ObjectNode sent = WireBody.of(ANTHROPIC, ANTHROPIC, claude).sent();
        assertThat(sent.at("/output_config/effort").asText()).isEqualTo("low");
        assertThat(names(sent)).containsSubsequence("max_tokens", "thinking", "output_config", "messages");
        assertThat(WireBody.of(RESPONSES, RESPONSES, responses).sent().get("reasoning"))
                .isEqualTo(WireBody.json(responses).get("reasoning"));
        assertThat(WireBody.of(RESPONSES, RESPONSES, "acme", responses).sent().has("thinking_budget"))
                .isTrue();
    }

    @Test
    @DisplayName("B19 labels that are no strings are left out, and metadata that is a text is named")
    void metadata() {
        String body = "{'model':'m','messages':[{'role':'user','content':'x'}],'metadata':{'generation_name':'welcome',"
                + "'tags':['prod'],'trace_metadata':{'team':'x'},'z':null}}";

        assertThat(sent("openai", body).get("metadata")).isEqualTo(WireBody.json("{'generation_name':'welcome'}"));
        assertThat(sent("acme", body).has("metadata")).isFalse();
        assertThatThrownBy(() -> sent("openai", body.replaceFirst("\\{'generation.*}}", "'team=x'}")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("metadata");
    }

    private static List<String> names(ObjectNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
