package io.camelback.protocol.anthropic.client;

import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.testkit.WireBody;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block of text without any text is never shown: a client would send it back for ever. */
class EmptyBlockFilterTest {
    private static final String ASKED =
            "{'model':'m','max_tokens':9,'stream':true,'messages':[{'role':'user','content':'hi'}],'tools':[{'name':'f',"
                    + "'input_schema':{'type':'object','properties':{}}}]}";
    private static final String BEGIN =
            "{'type':'message_start','message':{'id':'m','type':'message','role':'assistant','model':'c','content':[],"
                    + "'usage':{'input_tokens':1,'output_tokens':0}}}";
    private static final String END =
            "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':2}}";

    private static String start(int index, String block) {
        return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
    }

    private static String delta(int index, String delta) {
        return "{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}";
    }

    private static String stop(int index) {
        return "{'type':'content_block_stop','index':" + index + "}";
    }

    @Test
    @DisplayName("B24 an empty block of a Messages server is not relayed, and those behind it move up")
    void relayed() {
        List<JsonNode> told = WireBody.of(ANTHROPIC, ANTHROPIC, ASKED).stream(
                BEGIN,
                start(0, "{'type':'text','text':''}"),
                delta(0, "{'type':'text_delta','text':''}"),
                stop(0),
                start(1, "{'type':'tool_use','id':'t','name':'f','input':{}}"),
                delta(1, "{'type':'input_json_delta','partial_json':'{}'}"),
                stop(1),
                start(2, "{'type':'text','text':''}"),
                delta(2, "{'type':'text_delta','text':'done'}"),
                stop(2),
                start(3, "{'type':'text','text':''}"),
                stop(3),
                END,
                "{'type':'message_stop'}");

        assertThat(told.stream()
                        .filter(event -> event.has("index"))
                        .map(event -> event.path("type").asText() + " "
                                + event.path("index").asInt()))
                .containsExactly(
                        "content_block_start 0",
                        "content_block_delta 0",
                        "content_block_stop 0",
                        "content_block_start 1",
                        "content_block_delta 1",
                        "content_block_stop 1");
        assertThat(told.get(1).at("/content_block/type").asText()).isEqualTo("tool_use");
    }

    @DisplayName("B24 an empty block at any place")
    @ParameterizedTest(name = "B24 {0} is not relayed, streamed or not")
    @ValueSource(
            strings = {
                "{'type':'text','text':''}",
                "{'type':'thinking','thinking':'','signature':''}",
                "{'type':'thinking','thinking':''}"
            })
    void siblings(String block) {
        String delta = block.contains("thinking")
                ? "{'type':'thinking_delta','thinking':''}"
                : "{'type':'text_delta','text':''}";
        String answer = "{'id':'m','type':'message','role':'assistant','model':'c','stop_reason':'end_turn','content':["
                + block + ",{'type':'text','text':'a'}," + block + "],'usage':{'input_tokens':1,'output_tokens':1}}";

        List<JsonNode> told = WireBody.of(ANTHROPIC, ANTHROPIC, ASKED).stream(
                BEGIN,
                start(0, block),
                delta(0, delta),
                stop(0),
                start(1, "{'type':'text','text':''}"),
                delta(1, "{'type':'text_delta','text':'a'}"),
                stop(1),
                start(2, block),
                stop(2),
                END.replace("tool_use", "end_turn"),
                "{'type':'message_stop'}");

        assertThat(told.stream().filter(event -> event.path("type").asText().equals("content_block_start")))
                .singleElement()
                .satisfies(event -> assertThat(event.path("index").asInt()).isZero());
        assertThat(WireBody.of(ANTHROPIC, ANTHROPIC, ASKED).answer(answer).path("content"))
                .singleElement()
                .satisfies(one -> assertThat(one.path("text").asText()).isEqualTo("a"));
    }

    @Test
    @DisplayName("B24 thinking that is not shown keeps its block: its signature counts")
    void signed_thinking() {
        List<JsonNode> told = WireBody.of(ANTHROPIC, ANTHROPIC, ASKED).stream(
                BEGIN,
                start(0, "{'type':'thinking','thinking':'','signature':''}"),
                delta(0, "{'type':'signature_delta','signature':'s'}"),
                stop(0),
                END,
                "{'type':'message_stop'}");

        assertThat(told.stream().map(event -> event.path("type").asText()))
                .containsSubsequence("content_block_start", "content_block_delta", "content_block_stop");
    }

    @Test
    @DisplayName("B24 an empty text before a tool call of a chat server makes no block")
    void translated() {
        List<JsonNode> told = WireBody.of(ANTHROPIC, OPENAI, ASKED).stream(
                "{'id':'x','model':'g','choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}",
                "{'choices':[{'index':0,'delta':{'content':''}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'c','type':'function','function':"
                        + "{'name':'f','arguments':'{}'}}]}}]}",
                "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}");

        assertThat(told.stream().filter(event -> event.path("type").asText().equals("content_block_start")))
                .hasSize(1)
                .allMatch(event -> event.at("/content_block/type").asText().equals("tool_use"));
    }
}
