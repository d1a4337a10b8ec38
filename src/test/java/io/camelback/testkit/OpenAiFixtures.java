package io.camelback.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The bytes under {@code fixtures/openai}, and short ways to what the tests build of them. */
public final class OpenAiFixtures {
    public static final OpenAiChatProviderCodec DIALECT = new OpenAiChatProviderCodec();
    public static final OpenAiChatClientCodec CODEC = new OpenAiChatClientCodec();

    private OpenAiFixtures() {}

    /** The recorded streams that come to a valid end. */
    public static Stream<String> endedStreams() {
        return Stream.of(
                "stream-plain",
                "stream-tools-interleaved",
                "stream-mistral-whole-call",
                "stream-groq-x-groq",
                "stream-xai-cumulative-usage",
                "stream-azure-prompt-filter",
                "stream-n2",
                "stream-gemini-index-zero",
                "stream-name-late",
                "stream-without-index",
                "stream-two-finishes",
                "stream-openrouter-reasoning",
                "stream-logprobs");
    }

    public static String text(String path) {
        return WireFixtures.text("openai/" + path);
    }

    public static ObjectNode object(String path) {
        return json(text(path));
    }

    public static ObjectNode json(String text) {
        return WireFixtures.json(text);
    }

    public static ChatRequest request(String body) {
        return CODEC.readRequest(json(body));
    }

    public static ProviderModel target(String provider, UnsupportedParameter... refuses) {
        return new ProviderModel("real-model", 0, Set.copyOf(Arrays.asList(refuses)), provider);
    }

    /** The stream as the gateway hands it on; without the terminal marker it has no end. */
    public static List<StreamChunk> chunks(String sse) {
        return WireFixtures.chunks(DIALECT, sse, sse.contains("[DONE]"));
    }

    public static StreamReader read(String sse) {
        StreamReader reader = DIALECT.streamReader();
        WireFixtures.events(sse).forEach(event -> reader.read(null, json(event.data())));
        return reader;
    }

    public static String written(List<StreamChunk> chunks, boolean usage) {
        ChatRequest request =
                ChatRequest.builder("auto").stream(true).streamUsage(usage).build();
        StreamWriter writer = CODEC.streamWriter(request, "req-1", 1_700_000_000L);
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(writer.write(chunk)));
        return text.append(writer.end()).toString();
    }
}
