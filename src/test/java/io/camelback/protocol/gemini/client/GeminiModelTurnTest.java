package io.camelback.protocol.gemini.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories of Google's clients, which keep a streamed answer as a content for each chunk. */
class GeminiModelTurnTest {
    private static final String ASKED = "{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},";

    private static List<Message> read(String contents) throws Exception {
        ObjectNode body = (ObjectNode) Json.read("{\"contents\":[" + contents.replace('\'', '"') + "]}");
        return new GeminiClientCodec().readRequest(body, "balanced", false).messages();
    }

    @Test
    void parallel_calls_of_a_stream_are_one_turn_with_their_results_behind_it() throws Exception {
        List<Message> messages = read(ASKED
                + "{'role':'model','parts':[{'functionCall':{'name':'f','args':{'n':1}}}]},"
                + "{'role':'model','parts':[{'functionCall':{'name':'f','args':{'n':2}}}]},"
                + "{'role':'model','parts':[{'text':''}]},"
                + "{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'output':'one'}}},"
                + "{'functionResponse':{'name':'f','response':{'output':'two'}}}]}");

        assertThat(messages).extracting(Message::role).containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(messages.get(1).parts()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Part.ToolCall call = (Part.ToolCall) messages.get(1).parts().get(i);
            Part.ToolResult result = (Part.ToolResult) messages.get(2).parts().get(i);
            assertThat(call.arguments()).isEqualTo("{\"n\":" + (i + 1) + "}");
            assertThat(result.callId()).isEqualTo(call.id());
        }
    }

    @Test
    void the_pieces_of_a_streamed_text_and_thought_are_put_together() throws Exception {
        List<Message> messages = read(
                ASKED + "{'role':'model','parts':[{'text':'Let me ','thought':true}]},"
                        + "{'role':'model','parts':[{'text':'look.','thought':true,'thoughtSignature':'c2ln'}]},"
                        + "{'role':'model','parts':[{'text':'Hel'}]},{'role':'model','parts':[{'text':'lo'},{'text':' there'}]}");

        assertThat(messages.get(1).parts())
                .containsExactly(
                        new Part.Thinking("Let me look.", "c2ln", null, "gemini"),
                        new Part.Text("Hello"),
                        new Part.Text(" there"));
    }

    @Test
    void what_was_signed_is_not_continued() throws Exception {
        List<Message> messages = read(ASKED
                + "{'role':'model','parts':[{'text':'One.','thought':true,'thoughtSignature':'c2ln'}]},"
                + "{'role':'model','parts':[{'text':'Two.','thought':true}]}");

        assertThat(messages.get(1).parts()).hasSize(2);
    }

    @Test
    void carried_thinking_takes_the_place_of_a_copy_that_came_in_chunks() throws Exception {
        String mark =
                ForeignThinkingCarrier.pack(List.of(new Part.Thinking("Let me look.", "theirs", null, "anthropic")));

        List<Message> messages = read(ASKED + "{'role':'model','parts':[{'text':'Let me ','thought':true}]},"
                + "{'role':'model','parts':[{'text':'look.','thought':true}]},"
                + "{'role':'model','parts':[{'functionCall':{'name':'f','args':{}},'thoughtSignature':'" + mark
                + "'}]}");

        assertThat(messages.get(1).parts())
                .hasSize(2)
                .first()
                .isEqualTo(new Part.Thinking("Let me look.", "theirs", null, "anthropic"));
    }
}
