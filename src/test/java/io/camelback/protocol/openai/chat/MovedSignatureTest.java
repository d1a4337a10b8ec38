package io.camelback.protocol.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The accumulator of openai-java puts a streamed call's {@code extra_content} into its function, and it comes back
 * there.
 */
class MovedSignatureTest {
    private static final String HISTORY = "{'model':'balanced','messages':[{'role':'user','content':'hi'},"
            + "{'role':'assistant','content':'','tool_calls':[{'id':'c1','type':'function','function':{'name':'f',"
            + "'arguments':'{}','extra_content':{'google':{'thought_signature':'c2ln'}}}}]},"
            + "{'role':'tool','tool_call_id':'c1','content':'ok'}]}";

    private static ChatRequest request() throws Exception {
        return new OpenAiChatClientCodec().readRequest((ObjectNode) Json.read(HISTORY.replace('\'', '"')));
    }

    @Test
    void is_read_where_it_was_moved_to() throws Exception {
        Part.ToolCall call = (Part.ToolCall) request().messages().get(1).parts().get(0);

        assertThat(call.signature()).isEqualTo("c2ln");
    }

    @Test
    void never_reaches_openai_which_refuses_fields_it_does_not_know() throws Exception {
        ObjectNode body = new OpenAiChatProviderCodec()
                .writeRequest(request(), new ProviderModel("gpt-6-sol", 0, Set.of(), "openai"), false);

        assertThat(body.at("/messages/1/tool_calls/0/function/name").asText()).isEqualTo("f");
        assertThat(Json.text(body)).doesNotContain("extra_content", "c2ln");
    }
}
