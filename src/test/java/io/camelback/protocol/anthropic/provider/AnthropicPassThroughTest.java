package io.camelback.protocol.anthropic.provider;

import static io.camelback.testkit.AnthropicFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicPassThroughTest {
    private static final AnthropicProviderCodec DIALECT = new AnthropicProviderCodec();
    private static final ProviderModel TARGET = new ProviderModel("claude-opus-5", 4096, Set.of(), "anthropic");

    @ParameterizedTest(name = "{0} stream={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'premium','max_tokens':100,'x':1}|false|{'model':'claude-opus-5','max_tokens':100,'x':1}",
                "{'model':'premium','max_tokens':100}|true|{'model':'claude-opus-5','max_tokens':100,'stream':true}",
                "{'stream':true,'model':'premium','max_tokens':9000}|false|{'stream':false,'model':'claude-opus-5','max_tokens':4096}",
                "{'model':'premium','max_tokens':0}|false|{'model':'claude-opus-5','max_tokens':0}",
                "{'model':'premium'}|false|{'model':'claude-opus-5','max_tokens':4096}"
            })
    void only_model_stream_and_too_large_limits_are_replaced(String body, boolean stream, String expected) {
        assertThat(Json.text(
                        DIALECT.writeRequest(request("anthropic", object(body.replace('\'', '"'))), TARGET, stream)))
                .isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void the_received_body_is_left_alone() {
        ObjectNode body = object("{\"model\":\"premium\",\"max_tokens\":9000,\"messages\":[]}");
        ObjectNode before = body.deepCopy();

        DIALECT.writeRequest(request("anthropic", body), TARGET, true);

        assertThat(body).isEqualTo(before);
    }

    @Test
    void a_body_of_another_dialect_is_translated() {
        ObjectNode written = DIALECT.writeRequest(request("openai", object("{\"logit_bias\":{}}")), TARGET, false);

        assertThat(written.fieldNames()).toIterable().containsExactly("model", "max_tokens", "messages");
    }

    private static ChatRequest request(String dialect, ObjectNode body) {
        return ChatRequest.builder("premium")
                .message(Message.user("Hi"))
                .original(new ChatRequest.Original(dialect, body))
                .build();
    }
}
