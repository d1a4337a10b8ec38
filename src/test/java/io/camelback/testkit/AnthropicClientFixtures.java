package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import java.util.ArrayList;
import java.util.List;

/** Short ways from the recorded bytes of any provider to what an Anthropic caller sees of them. */
public final class AnthropicClientFixtures {
    public static final AnthropicClientCodec DOOR = new AnthropicClientCodec();
    public static final AnthropicProviderCodec DIALECT = new AnthropicProviderCodec();

    private AnthropicClientFixtures() {}

    public static ChatRequest request(String json) {
        return DOOR.readRequest(AnthropicFixtures.object(json));
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
        StreamReader reader = dialect(dialect).streamReader();
        List<StreamChunk> chunks = new ArrayList<>();
        for (String event : sse.replace("\r\n", "\n").split("\n\n")) {
            String name = event.startsWith("event: ") ? event.substring(7, event.indexOf('\n')) : null;
            int at = event.indexOf("data: ");
            if (at >= 0 && !event.endsWith("[DONE]")) {
                String data = event.substring(at + 6);
                chunks.add(new StreamChunk(reader.read(name, AnthropicFixtures.object(data)), dialect, name, data));
            }
        }
        List<StreamEvent> rest = reader.end();
        if (!rest.isEmpty()) {
            chunks.add(new StreamChunk(rest, null, null, null));
        }
        return chunks;
    }

    public static List<StreamChunk> made(StreamEvent... events) {
        return List.of(events).stream().map(StreamChunk::made).toList();
    }

    /** The same stream without the provider's bytes: what is left is what it means. */
    public static List<StreamChunk> bare(List<StreamChunk> chunks) {
        return chunks.stream()
                .map(chunk -> new StreamChunk(chunk.events(), null, null, null))
                .toList();
    }

    public static String written(List<StreamChunk> chunks) {
        StreamWriter writer =
                DOOR.streamWriter(ChatRequest.builder("auto").stream(true).build(), "req-1", 5);
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(writer.write(chunk)));
        return text.append(writer.end()).toString();
    }

    public static ChatAnswer withoutOriginal(ChatAnswer answer) {
        return new ChatAnswer(answer.id(), answer.model(), answer.created(), answer.choices(), answer.usage(), null);
    }

    public static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }
}
