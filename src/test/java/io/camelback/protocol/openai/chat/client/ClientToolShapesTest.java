package io.camelback.protocol.openai.chat.client;

import static io.camelback.protocol.openai.chat.client.ClientShapeRequests.CALL;
import static io.camelback.protocol.openai.chat.client.ClientShapeRequests.chat;
import static io.camelback.protocol.openai.chat.client.ClientShapeRequests.sent;
import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static io.camelback.testkit.TestProtocol.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.testkit.TestProtocol;
import io.camelback.testkit.WireBody;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tools as real clients send them, at the endpoint for Chat Completions: none is an error there, and no server of the
 * same format gets what it is known to refuse.
 */
class ClientToolShapesTest {
    @DisplayName("B12 a body of Responses at Chat Completions")
    @ParameterizedTest(name = "B12 flat and nested tools in one list, to {0}")
    @ValueSource(strings = {"openai", "acme"})
    void mixed_tools(String server) {
        ObjectNode sent = sent(
                server,
                "{'model':'m','messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function','function':"
                        + "{'name':'g','parameters':{}}},{'type':'function','name':'f','parameters':{}}],"
                        + "'tool_choice':{'type':'function','name':'f'}}");

        assertThat(sent.at("/tools/0/function/name").asText()).isEqualTo("g");
        assertThat(sent.at("/tools/1/function/name").asText()).isEqualTo("f");
        assertThat(sent.at("/tools/1").has("name")).isFalse();
        assertThat(sent.at("/tool_choice/function/name").asText()).isEqualTo("f");
    }

    @DisplayName("B17 ids of calls that are too long")
    @ParameterizedTest(name = "B17 {0} with an id of {1} characters: one short id in call and result")
    @CsvSource({"OPENAI, 41", "OPENAI, 83", "ANTHROPIC, 46", "RESPONSES, 83"})
    void long_ids(TestProtocol endpoint, int length) {
        String id = "call_" + "x".repeat(length - 5);
        String body = switch (endpoint) {
            case OPENAI -> chat(CALL.replace("c1", id) + ",{'role':'tool','tool_call_id':'" + id + "','content':'r'}");
            case ANTHROPIC ->
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},{'role':"
                        + "'assistant','content':[{'type':'tool_use','id':'" + id + "','name':'f','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'" + id
                        + "','content':'r'}]}]}";
            default ->
                "{'model':'m','input':[{'role':'user','content':'a'},{'type':'function_call','call_id':'" + id
                        + "','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'" + id
                        + "','output':'r'}]}";
        };

        ObjectNode sent = WireBody.of(endpoint, OPENAI, body).sent();

        String call = sent.at("/messages/1/tool_calls/0/id").asText();
        assertThat(call)
                .hasSizeBetween(1, 40)
                .isEqualTo(sent.at("/messages/2/tool_call_id").asText());
        assertThat(WireBody.of(endpoint, OPENAI, body).sent()).isEqualTo(sent);
        JsonNode responses = WireBody.of(endpoint, RESPONSES, body).sent().path("input");
        assertThat(responses.at("/1/call_id").asText())
                .hasSizeBetween(1, 64)
                .isEqualTo(responses.at("/2/call_id").asText());
    }

    @Test
    @DisplayName("B20 an empty list of tools goes, and the choice with it, at each endpoint to each provider")
    void empty_tools() {
        for (TestProtocol target : TestProtocol.values()) {
            assertNothing(WireBody.of(
                            OPENAI,
                            target,
                            "{'model':'m','messages':[{'role':'user','content':'x'}],'tools':[],'tool_choice':'auto'}")
                    .sent());
            assertNothing(WireBody.of(RESPONSES, target, "{'model':'m','input':'hi','tools':[],'tool_choice':'auto'}")
                    .sent());
            assertNothing(WireBody.of(
                            ANTHROPIC,
                            target,
                            "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],'tools':[],"
                                    + "'tool_choice':{'type':'auto'}}")
                    .sent());
            assertNothing(WireBody.of(
                            GEMINI,
                            target,
                            "{'contents':[{'role':'user','parts':[{'text':'hi'}]}],'tools':[{'functionDeclarations':[]}],"
                                    + "'toolConfig':{'functionCallingConfig':{'mode':'AUTO'}}}")
                    .sent());
        }
        assertNothing(sent(
                "openai",
                "{'model':'m','messages':[{'role':'user','content':'x'}],'tool_choice':'auto',"
                        + "'parallel_tool_calls':true,'functions':[]}"));
    }

    private static void assertNothing(ObjectNode sent) {
        for (String field : List.of("tools", "tool_choice", "toolConfig", "parallel_tool_calls", "functions")) {
            assertThat(sent.has(field)).as("%s in %s", field, sent).isFalse();
        }
    }
}
