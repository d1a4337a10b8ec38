package io.camelback.protocol.anthropic.provider;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Messages servers refuse of a caller's own turns is mended; every other byte stays. */
class BlankTextTest {
    private static ObjectNode claude(String fields) {
        return WireBody.of(ANTHROPIC, ANTHROPIC, "{'model':'m','max_tokens':100," + fields + "}")
                .sent();
    }

    @Test
    @DisplayName("B23 empty and blank texts go, a mark moves to the block before, no turn is left empty")
    void blank() {
        ObjectNode sent = claude("'tools':[{'name':'f','input_schema':{'type':'object','properties':{}}}],'messages':["
                + "{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'text','text':''},"
                + "{'type':'tool_use','id':'t1','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result',"
                + "'tool_use_id':'t1','content':[{'type':'text','text':''}]},{'type':'text','text':' ',"
                + "'cache_control':{'type':'ephemeral'}}]}]");

        assertThat(sent.at("/messages/1/content"))
                .isEqualTo(WireBody.json("{'c':[{'type':'tool_use','id':'t1','name':'f','input':{}}]}")
                        .get("c"));
        assertThat(sent.at("/messages/2/content"))
                .isEqualTo(WireBody.json(
                                "{'c':[{'type':'tool_result','tool_use_id':'t1','cache_control':{'type':'ephemeral'}}]}")
                        .get("c"));
    }

    @DisplayName("B23 siblings")
    @ParameterizedTest(name = "B23 {0} leaves nothing blank")
    @ValueSource(
            strings = {
                "'system':[{'type':'text','text':''}],'messages':[{'role':'user','content':'a'}]",
                "'system':'','messages':[{'role':'user','content':'a'}]",
                "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':''},{'role':'user','content':'b'}]",
                "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[]},{'role':'user','content':'b'}]",
                "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'text','text':'\\n'}]},{'role':'user','content':'b'}]"
            })
    void siblings(String fields) {
        ObjectNode sent = claude(fields);

        assertThat(sent.has("system")).isFalse();
        for (JsonNode message : sent.path("messages")) {
            assertThat(message.path("content").asText()).isNotBlank();
        }
    }

    @Test
    @DisplayName("B23 a history that needs nothing goes on as it came")
    void untouched() {
        String messages =
                "'messages':[{'role':'user','content':[{'type':'text','text':' a '}]},{'role':'assistant','content':["
                        + "{'type':'thinking','thinking':'','signature':'s'},{'type':'text','text':'b'}]},{'role':'user','content':'c'}]";

        assertThat(claude(messages).get("messages"))
                .isEqualTo(WireBody.json("{" + messages + "}").get("messages"));
    }

    @DisplayName("B35 a picture's label")
    @ParameterizedTest(name = "B35 {0} labelled {1} is {2} to Claude, from each endpoint")
    @CsvSource({
        "/9j/4AAQSkZJRg==, image/png, image/jpeg",
        "iVBORw0KGgo=, image/jpeg, image/png",
        "R0lGODlhAQABAAAAACw=, image/jpeg, image/gif",
        "UklGRiQAAABXRUJQVlA4, image/png, image/webp",
        "AAAAAAAA, image/png, image/png",
        "iVBORw0KGgo=, image/jpg, image/png",
        "/9j/4AAQSkZJRg==, image/jpg, image/jpeg"
    })
    void labels(String data, String said, String right) {
        String url = "data:" + said + ";base64," + data;
        String chat = "{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'"
                + url + "'}}]}]}";
        String claude =
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':"
                        + "'t','content':[{'type':'image','source':{'type':'base64','media_type':'" + said
                        + "','data':'" + data
                        + "'}}]}]}]}";
        String gemini = "{'contents':[{'role':'user','parts':[{'inlineData':{'mimeType':'" + said + "','data':'" + data
                + "'}}]}]}";
        String responses =
                "{'model':'m','input':[{'role':'user','content':[{'type':'input_image','image_url':'" + url + "'}]}]}";

        assertLabel(OPENAI, chat, data, right);
        assertLabel(ANTHROPIC, claude, data, right);
        assertLabel(GEMINI, gemini, data, right);
        assertLabel(RESPONSES, responses, data, right);
        String nested = claude.replace("{'type':'tool_result'", "{'type':'text','text':'x'},{'type':'tool_result'");
        for (TestProtocol target : List.of(OPENAI, GEMINI, RESPONSES)) {
            for (Map.Entry<TestProtocol, String> asked : Map.of(
                            OPENAI, chat, ANTHROPIC, nested, GEMINI, gemini, RESPONSES, responses)
                    .entrySet()) {
                if (asked.getKey() != target) {
                    assertThat(Json.text(WireBody.of(asked.getKey(), target, asked.getValue())
                                    .sent()))
                            .as("from %s to %s", asked.getKey(), target)
                            .contains(right, data);
                }
            }
        }
    }

    @Test
    @DisplayName("B23 Gemini gets no turn without parts and no empty text")
    void gemini() {
        ObjectNode sent = WireBody.of(
                        GEMINI,
                        GEMINI,
                        "{'contents':[{'role':'user','parts':[{'text':''},{'text':'a'}]},{'role':'model','parts':[]},"
                                + "{'role':'model','parts':[{'text':''}]},{'role':'user','parts':[{'text':'b'}]}]}")
                .sent();

        assertThat(sent.get("contents"))
                .isEqualTo(WireBody.json(
                                "{'c':[{'role':'user','parts':[{'text':'a'}]},{'role':'user','parts':[{'text':'b'}]}]}")
                        .get("c"));
        String signed = "{'contents':[{'role':'user','parts':[{'text':'a'}]},{'role':'model','parts':[{'text':'',"
                + "'thoughtSignature':'U0lH'},{'text':' '}]},{'role':'user','parts':[{'text':'b'}]}]}";
        assertThat(WireBody.of(GEMINI, GEMINI, signed).sent().get("contents"))
                .isEqualTo(WireBody.json(signed).get("contents"));
    }

    @DisplayName("B35 what is no Base64 is no error of ours")
    @ParameterizedTest(name = "B35 {0} goes on as it came")
    @ValueSource(strings = {"UklGR is no Base64 at all", "UklGRiQA\\nAABXRUJQVlA4", "UklGR_-_-_-_-_-_-_"})
    void undecodable(String data) {
        JsonNode source = claude("'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64',"
                        + "'media_type':'image/png','data':'" + data + "'}}]}]")
                .findValue("source");

        assertThat(source.path("media_type").asText()).isEqualTo("image/png");
        assertThat(source.path("data").asText()).isEqualTo(data.replace("\\n", "\n"));
    }

    private static void assertLabel(TestProtocol endpoint, String body, String data, String right) {
        JsonNode source = WireBody.of(endpoint, ANTHROPIC, body).sent().findValue("source");
        assertThat(source.path("media_type").asText()).as("from %s", endpoint).isEqualTo(right);
        assertThat(source.path("data").asText()).isEqualTo(data);
        assertThat(Json.text(source)).contains("base64");
    }
}
