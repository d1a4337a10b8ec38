package io.camelback.protocol;

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
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What strict makers refuse in histories and tools that real clients send, each found by a random request. */
class StrictMakersTest {
    private static JsonNode json(String text) {
        return WireBody.json("{'v':" + text + "}").get("v");
    }

    private static List<String> ids(JsonNode sent, String holder, String field) {
        List<String> ids = new ArrayList<>();
        sent.findParents(holder).forEach(parent -> {
            if (parent.has(field)) {
                ids.add(parent.get(field).asText());
            }
        });
        return ids;
    }

    @ParameterizedTest(name = "to {0}: servers that count from 0 in each answer leave one id to several calls")
    @EnumSource
    void ids_come_once(TestProtocol target) {
        String step = "{'role':'assistant','content':null,'tool_calls':[{'id':'call_0','type':'function','function':"
                + "{'name':'f','arguments':'{}'}},{'id':'call_0','type':'function','function':{'name':'g','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'call_0','content':'FIRST'},{'role':'tool','tool_call_id':'call_0','content':'SECOND'},";
        String claude = "{'role':'assistant','content':[{'type':'tool_use','id':'call_0','name':'f','input':{}},"
                + "{'type':'tool_use','id':'call_0','name':'g','input':{}}]},{'role':'user','content':[{'type':'tool_result',"
                + "'tool_use_id':'call_0','content':'FIRST'},{'type':'tool_result','tool_use_id':'call_0','content':'SECOND'}]},";
        ObjectNode sent = target == OPENAI
                ? WireBody.of(
                                ANTHROPIC,
                                OPENAI,
                                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'}," + claude
                                        + claude + "{'role':'user','content':'b'}]}")
                        .sent()
                : WireBody.of(
                                OPENAI,
                                target,
                                "{'model':'m','messages':[{'role':'user','content':'a'}," + step + step
                                        + "{'role':'user','content':'b'}]}")
                        .sent();

        List<String> calls = switch (target) {
            case OPENAI -> ids(sent, "function", "id");
            case RESPONSES -> ids(sent, "arguments", "call_id");
            case ANTHROPIC -> ids(sent, "input", "id");
            case GEMINI -> List.of();
        };
        List<String> results = switch (target) {
            case OPENAI -> ids(sent, "tool_call_id", "tool_call_id");
            case RESPONSES -> ids(sent, "output", "call_id");
            case ANTHROPIC -> ids(sent, "tool_use_id", "tool_use_id");
            case GEMINI -> List.of();
        };
        assertThat(results).isEqualTo(calls).hasSize(target == GEMINI ? 0 : 4);
        assertThat(new HashSet<>(calls)).hasSameSizeAs(calls);
        String wire = Json.text(sent);
        assertThat(wire.split("FIRST", -1)).hasSize(3);
        assertThat(wire.split("SECOND", -1)).hasSize(3);
    }

    @Test
    void ids_come_once_in_the_same_format() {
        String step = "{'type':'function_call','call_id':'c0','name':'f','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'c0','output':'x'},";
        JsonNode input = WireBody.of(
                        RESPONSES,
                        RESPONSES,
                        "{'model':'m','input':[{'role':'user','content':'a'}," + step + step
                                + "{'role':'user','content':'b'}]}")
                .sent()
                .path("input");

        assertThat(ids(input, "call_id", "call_id")).containsExactly("c0", "c0", "c0_2", "c0_2");
    }

    @Test
    @Timeout(20)
    void very_many_calls_of_one_id_are_told_apart_in_one_go() {
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            calls.append(i == 0 ? "" : ",")
                    .append("{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}");
        }
        WireBody body = WireBody.of(
                OPENAI,
                ANTHROPIC,
                "{'model':'m','messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[" + calls
                        + "]}]}");

        assertThat(body.sent().at("/messages/1/content")).hasSize(40_000);
    }

    @ParameterizedTest(name = "a turn of {0} does not end in thinking")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'text','text':'b'},{'type':'thinking','thinking':'t','signature':'s'} | [{'type':'text','text':'b'}]",
                "{'type':'thinking','thinking':'t','signature':'s'},{'type':'text','text':' '} | null",
                "{'type':'thinking','thinking':'t','signature':''},{'type':'text','text':'b'} | [{'type':'text','text':'b'}]",
                "{'type':'thinking','thinking':'t'},{'type':'text','text':'b'} | [{'type':'text','text':'b'}]",
                "{'type':'thinking','thinking':'','signature':'s'},{'type':'text','text':'b'} | [{'type':'thinking','thinking':'','signature':'s'},{'type':'text','text':'b'}]"
            })
    void thinking(String blocks, String kept) {
        JsonNode messages = WireBody.of(
                        ANTHROPIC,
                        ANTHROPIC,
                        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},"
                                + "{'role':'assistant','content':[" + blocks + "]},{'role':'user','content':'c'}]}")
                .sent()
                .path("messages");

        assertThat(messages).hasSize(kept.equals("null") ? 2 : 3);
        if (!kept.equals("null")) {
            assertThat(messages.at("/1/content")).isEqualTo(json(kept));
        }
    }

    @Test
    void a_translated_turn_does_not_end_in_thinking() {
        JsonNode messages = WireBody.of(
                        OPENAI,
                        ANTHROPIC,
                        "{'model':'m','messages':[{'role':'user','content':'a'},"
                                + "{'role':'assistant','content':'b'},{'role':'assistant','content':null,'thinking_blocks':["
                                + "{'type':'thinking','thinking':'t','signature':'s'}]},{'role':'user','content':'c'}]}")
                .sent()
                .path("messages");

        assertThat(messages.at("/1/content")).isEqualTo(json("[{'type':'text','text':'b'}]"));
    }

    @Test
    void claude_gets_no_nulls_and_the_user_begins() {
        ObjectNode sent = WireBody.of(
                        ANTHROPIC,
                        ANTHROPIC,
                        "{'model':'m','max_tokens':9,'system':null,'temperature':null,"
                                + "'tool_choice':null,'messages':[{'role':'user','content':' '},{'role':'assistant','content':["
                                + "{'type':'tool_use','id':'t','name':'f','input':{'a':null}}]},{'role':'user','content':[{'type':"
                                + "'tool_result','tool_use_id':'t','content':null,'is_error':null}]}]}")
                .sent();

        assertThat(sent.fieldNames()).toIterable().doesNotContain("system", "temperature", "tool_choice");
        assertThat(sent.path("messages"))
                .isEqualTo(json("[{'role':'user','content':'.'},{'role':'assistant','content':["
                        + "{'type':'tool_use','id':'t','name':'f','input':{'a':null}}]},{'role':'user','content':[{'type':"
                        + "'tool_result','tool_use_id':'t'}]}]"));
    }

    @ParameterizedTest(name = "a turn begun for Claude, {0}, does not end in white space")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'content':'b \\n' | 'content':'b'",
                "'content':[{'type':'text','text':'a '},{'type':'text','text':'b '}] | 'content':[{'type':'text','text':'a '},{'type':'text','text':'b'}]",
                "'content':[{'type':'text','text':'b'}] | 'content':[{'type':'text','text':'b'}]"
            })
    void begun(String content, String kept) {
        assertThat(WireBody.of(
                                ANTHROPIC,
                                ANTHROPIC,
                                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},"
                                        + "{'role':'assistant'," + content + "}]}")
                        .sent()
                        .at("/messages/1/content"))
                .isEqualTo(WireBody.json("{" + kept + "}").get("content"));
    }

    @Test
    void a_late_instruction_does_not_come_first() {
        assertThat(WireBody.of(
                                ANTHROPIC,
                                ANTHROPIC,
                                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':''},"
                                        + "{'role':'system','content':'s'},{'role':'user','content':'a'}]}")
                        .sent()
                        .at("/messages/0"))
                .isEqualTo(json("{'role':'user','content':'.'}"));
    }

    @Test
    void gemini_keeps_the_turns_of_the_model_apart() {
        String call = "{'role':'model','parts':[{'functionCall':{'name':'f','args':{}},'thoughtSignature':'cw=='}]}";
        JsonNode contents = WireBody.of(
                        GEMINI,
                        GEMINI,
                        "{'contents':[{'role':'user','parts':[{'text':'a'}]},"
                                + "{'role':'model','parts':[{'text':'b'}]},{'role':'user','parts':[{'text':''}]},"
                                + call + "]}")
                .sent()
                .path("contents");

        assertThat(contents.get(2)).isEqualTo(json("{'role':'user','parts':[{'text':'.'}]}"));
    }

    @Test
    void gemini_gets_no_empty_texts() {
        ObjectNode sent = WireBody.of(
                        GEMINI,
                        GEMINI,
                        "{'systemInstruction':{'parts':[{'text':''}]},'contents':["
                                + "{'role':'user','parts':[{'text':''}]},{'role':'model','parts':[{'text':'','thoughtSignature':'cw=='},"
                                + "{'text':''},{'text':'b'}]},{'role':'user','parts':[]},{'role':'user','parts':[{'text':'c'},{'text':''}]}]}")
                .sent();

        assertThat(sent.has("systemInstruction")).isFalse();
        assertThat(sent.path("contents"))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'text':'.'}]},{'role':'model','parts':["
                                        + "{'text':'','thoughtSignature':'cw=='},{'text':'b'}]},{'role':'user','parts':[{'text':'c'}]}]"));
    }

    @Test
    void a_refusal_is_what_was_said_where_no_server_knows_it() {
        String messages =
                "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[],'refusal':'I cannot.'},"
                        + "{'role':'user','content':'c'}]";

        assertThat(WireBody.of(OPENAI, OPENAI, "groq", "{'model':'m'," + messages + "}")
                        .sent()
                        .at("/messages/1"))
                .isEqualTo(json("{'role':'assistant','content':[{'type':'text','text':'I cannot.'}]}"));
        assertThat(WireBody.of(OPENAI, OPENAI, "{'model':'m'," + messages + "}")
                        .sent()
                        .at("/messages/1/refusal")
                        .asText())
                .isEqualTo("I cannot.");
    }

    @Test
    void a_free_form_tool_is_a_function_where_no_server_knows_it_and_its_call_comes_back() {
        WireBody body = WireBody.of(
                OPENAI,
                OPENAI,
                "mistral",
                "{'model':'m','stream':true,'messages':[{'role':'user','content':'a'},"
                        + "{'role':'assistant','content':null,'tool_calls':[{'id':'c','type':'custom','custom':{'name':'patch','input':'x'}}]},"
                        + "{'role':'tool','tool_call_id':'c','content':'ok'}],'tools':[{'type':'custom','custom':{'name':'patch'}}]}");

        assertThat(body.sent().at("/tools/0/function/name").asText()).isEqualTo("patch");
        assertThat(body.sent().at("/messages/1/tool_calls/0/function/arguments").asText())
                .isEqualTo("{\"input\":\"x\"}");

        String call = "'tool_calls':[{'index':0,'id':'d','type':'function','function':{'name':'patch','arguments':";
        JsonNode told =
                body.answer(WireBody.json("{'id':'x','model':'g','choices':[{'index':0,'finish_reason':'tool_calls',"
                                + "'message':{'role':'assistant','content':null," + call + "'{}'}}]}}]}")
                        .toString()
                        .replace("\"{}\"", "\"{\\\"input\\\":\\\"y\\\"}\""));
        assertThat(told.at("/choices/0/message/tool_calls/0/custom/input").asText())
                .isEqualTo("y");

        List<JsonNode> events = body.stream(
                "{\"id\":\"x\",\"model\":\"g\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"d\",\"type\":"
                        + "\"function\",\"function\":{\"name\":\"patch\",\"arguments\":\"{\\\"inp\"}}]}}]}",
                "{\"id\":\"x\",\"model\":\"g\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                        + "{\"arguments\":\"ut\\\":\\\"y\\\"}\"}}]},\"finish_reason\":\"tool_calls\"}]}");
        assertThat(events.toString())
                .contains("\"type\":\"custom\"", "\"input\":\"y\"")
                .doesNotContain("arguments");
    }

    @Test
    @Timeout(20)
    void very_many_private_fields_are_left_out_in_one_go() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            fields.append(",'x").append(i).append("':null");
        }
        String body = "{'model':'m','messages':[{'role':'user','content':'a'" + fields
                + "}],'tools':[{'type':'function','function':" + "{'name':'f'" + fields + "}" + fields + "}]}";

        assertThat(WireBody.of(OPENAI, OPENAI, "groq", body).sent().at("/messages/0"))
                .hasSize(2);
    }
}
