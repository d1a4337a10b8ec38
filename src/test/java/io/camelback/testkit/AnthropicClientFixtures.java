package io.camelback.testkit;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import java.util.List;

/** Short ways from the recorded bytes of any provider to what an Anthropic caller sees of them. */
public final class AnthropicClientFixtures {
    public static final AnthropicClientCodec CODEC = new AnthropicClientCodec();
    public static final AnthropicProviderCodec DIALECT = new AnthropicProviderCodec();

    private AnthropicClientFixtures() {}

    public static ChatRequest request(String json) {
        return CODEC.readRequest(AnthropicFixtures.object(json));
    }

    public static ProviderCodec dialect(String name) {
        return switch (name) {
            case "openai" -> new OpenAiChatProviderCodec();
            case "gemini" -> new GeminiProviderCodec();
            default -> DIALECT;
        };
    }

    /** The events of a recorded stream as the gateway hands them on, then what the reader tells at a valid end. */
    public static List<StreamChunk> chunks(String dialect, String sse) {
        return WireFixtures.chunks(dialect(dialect), sse);
    }

    public static List<StreamChunk> made(StreamEvent... events) {
        return List.of(events).stream().map(StreamChunk::made).toList();
    }

    public static String written(List<StreamChunk> chunks) {
        StreamWriter writer =
                CODEC.streamWriter(ChatRequest.builder("auto").stream(true).build(), "req-1", 5);
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(writer.write(chunk)));
        return text.append(writer.end()).toString();
    }
}
