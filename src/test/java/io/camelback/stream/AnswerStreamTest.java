package io.camelback.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatStream;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.ProviderException;
import io.camelback.json.Json;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import io.camelback.testkit.ChunkListStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider's JSON answer for a streaming caller of the same dialect: every piece is told, known to us or not. */
class AnswerStreamTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(
                        "anthropic/answer-server-tools",
                        new AnthropicProviderCodec(),
                        new AnthropicClientCodec(),
                        List.of("'type':'server_tool_use'", "'type':'web_search_tool_result'", "'text':'Two humps.'")),
                Arguments.of(
                        "anthropic/answer-pause",
                        new AnthropicProviderCodec(),
                        new AnthropicClientCodec(),
                        List.of(
                                "'type':'server_tool_use'",
                                "'type':'web_search_tool_result'",
                                "'stop_reason':'pause_turn'")),
                Arguments.of(
                        "anthropic/answer-citations",
                        new AnthropicProviderCodec(),
                        new AnthropicClientCodec(),
                        List.of("'type':'citations_delta'", "'url':'https://example.com/camel'")),
                Arguments.of(
                        "responses/answer-hosted",
                        new OpenAiResponsesProviderCodec(),
                        new OpenAiResponsesClientCodec(),
                        List.of("'type':'web_search_call'", "'url':'https://yr.no'")),
                Arguments.of(
                        "gemini/image-output",
                        new GeminiProviderCodec(),
                        new GeminiClientCodec(),
                        List.of("'inlineData':{'mimeType':'image/png'", "'executableCode'")),
                Arguments.of(
                        "openai/answer-images",
                        new OpenAiChatProviderCodec(),
                        new OpenAiChatClientCodec(),
                        List.of("'images':[{")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void answers(String name, ProviderCodec codec, ClientCodec endpoint, List<String> told) throws IOException {
        ChatAnswer answer =
                codec.readAnswer((ObjectNode) Json.read(Files.readAllBytes(FIXTURES.resolve(name + "/answer.json"))));
        StreamWriter writer =
                endpoint.streamWriter(ChatRequest.builder("auto").stream(true).build(), "req-1", 1);
        StringBuilder text = new StringBuilder();

        ChatStream stream = new AnswerStream(answer);
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            text.append(writer.write(chunk));
        }
        text.append(writer.end());

        assertThat(text.toString().replace('"', '\'')).contains(told);
    }

    @Test
    void a_search_that_the_provider_runs_is_the_first_content() {
        JsonNode block = Json.object().put("type", "server_tool_use");
        StreamEvent search = new StreamEvent.OpaqueContent(0, new Part.Opaque("anthropic", (ObjectNode) block));
        StreamEvent pause = new StreamEvent.Finished(0, FinishReason.of(FinishReason.Kind.STOP, "pause_turn"));

        FirstTokenStream peeked = FirstTokenStream.of(ChunkListStream.of(
                StreamChunk.made(new StreamEvent.Started("m", "c")),
                StreamChunk.made(search),
                StreamChunk.made(pause)));

        assertThat(peeked.next().events()).hasOnlyElementsOfType(StreamEvent.Started.class);
        assertThat(peeked.next().events()).containsExactly(search);
        assertThatThrownBy(() -> FirstTokenStream.of(ChunkListStream.of(StreamChunk.made(pause))))
                .isInstanceOf(ProviderException.class);
    }
}
