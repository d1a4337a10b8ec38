package io.camelback.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.StreamReader;
import io.camelback.dialect.StreamWriter;
import io.camelback.dialect.gemini.GeminiDialect;
import io.camelback.dialect.openai.OpenAiDialect;
import java.util.ArrayList;
import java.util.List;

/** Short ways from the recorded bytes of any provider to what an Anthropic caller sees of them. */
final class DoorFixtures {
    static final AnthropicDoor DOOR = new AnthropicDoor();
    static final AnthropicDialect DIALECT = new AnthropicDialect();

    private DoorFixtures() { }

    static ChatRequest request(String json) {
        return DOOR.readRequest(Fixtures.object(json));
    }

    static Dialect dialect(String name) {
        return switch (name) {
            case "openai" -> new OpenAiDialect();
            case "gemini" -> new GeminiDialect();
            default -> DIALECT;
        };
    }

    /** The events of a recorded stream as the gateway hands them on, then what the reader tells at a valid end. */
    static List<StreamChunk> chunks(String dialect, String sse) {
        StreamReader reader = dialect(dialect).streamReader();
        List<StreamChunk> chunks = new ArrayList<>();
        for (String event : sse.replace("\r\n", "\n").split("\n\n")) {
            String name = event.startsWith("event: ") ? event.substring(7, event.indexOf('\n')) : null;
            int at = event.indexOf("data: ");
            if (at >= 0 && !event.endsWith("[DONE]")) {
                String data = event.substring(at + 6);
                chunks.add(new StreamChunk(reader.read(name, Fixtures.object(data)), dialect, name, data));
            }
        }
        List<StreamEvent> rest = reader.end();
        if (!rest.isEmpty()) {
            chunks.add(new StreamChunk(rest, null, null, null));
        }
        return chunks;
    }

    static List<StreamChunk> made(StreamEvent... events) {
        return List.of(events).stream().map(StreamChunk::made).toList();
    }

    /** The same stream without the provider's bytes: what is left is what it means. */
    static List<StreamChunk> bare(List<StreamChunk> chunks) {
        return chunks.stream().map(chunk -> new StreamChunk(chunk.events(), null, null, null)).toList();
    }

    static String written(List<StreamChunk> chunks) {
        StreamWriter writer = DOOR.streamWriter(ChatRequest.builder("auto").stream(true).build(), "req-1", 5);
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(writer.write(chunk)));
        return text.append(writer.end()).toString();
    }

    static ChatAnswer withoutOriginal(ChatAnswer answer) {
        return new ChatAnswer(answer.id(), answer.model(), answer.created(), answer.choices(), answer.usage(), null);
    }

    static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

}
