package io.camelback.protocol.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.protocol.StreamWriter;
import io.camelback.testkit.OpenAiFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another dialect's calls of what it was told is a function, for a caller who has a free-form tool. */
class CustomToolsTest {
    private static final ChatRequest REQUEST =
            OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-custom-tools/request.json"));
    private static final FinishReason CALLS = FinishReason.of(FinishReason.Kind.TOOL_CALLS, null);

    @Test
    void an_answers_call_has_the_text_again() {
        ChatAnswer answer = new ChatAnswer(
                "a",
                "m",
                1,
                List.of(new ChatAnswer.Choice(
                        0,
                        List.of(
                                new Part.ToolCall("c1", "patch", "{\"input\":\"*** \\\"a\\\"\"}"),
                                new Part.ToolCall("c2", "now", "{}")),
                        CALLS)),
                null,
                null);

        JsonNode calls =
                OpenAiFixtures.CODEC.writeAnswer(answer, REQUEST, "req-1").at("/choices/0/message/tool_calls");

        assertThat(calls.get(0).toString())
                .isEqualTo(
                        "{\"id\":\"c1\",\"type\":\"custom\",\"custom\":{\"name\":\"patch\",\"input\":\"*** \\\"a\\\"\"}}");
        assertThat(calls.get(1).path("type").asText()).isEqualTo("function");
    }

    @Test
    void a_streams_call_has_it_once_it_is_whole() {
        StreamWriter writer = OpenAiFixtures.CODEC.streamWriter(REQUEST, "req-1", 1);
        StringBuilder text = new StringBuilder();
        for (StreamEvent event : List.of(
                new StreamEvent.ToolCallStarted(0, 0, "c1", "patch", null),
                new StreamEvent.ToolCallDelta(0, 0, "{\"input\":\"a\\"),
                new StreamEvent.ToolCallDelta(0, 0, "nb\"}"),
                new StreamEvent.Finished(0, CALLS))) {
            text.append(writer.write(StreamChunk.made(event)));
        }
        text.append(writer.end());

        assertThat(text.toString())
                .contains(
                        "{\"index\":0,\"id\":\"c1\",\"type\":\"custom\",\"custom\":{\"name\":\"patch\","
                                + "\"input\":\"\"}}",
                        "{\"index\":0,\"custom\":{\"input\":\"a\\nb\"}}",
                        "\"finish_reason\":\"tool_calls\"")
                .doesNotContain("arguments");
    }

    @Test
    void its_own_dialect_gets_it_as_it_came() {
        assertThat(OpenAiFixtures.DIALECT
                        .writeRequest(REQUEST, OpenAiFixtures.target("openai"), false)
                        .path("tools"))
                .isEqualTo(REQUEST.original().body().path("tools"));
    }
}
