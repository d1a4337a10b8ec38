package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.StreamReader;
import io.camelback.dialect.StreamWriter;
import io.camelback.dialect.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The bytes under {@code fixtures}, and short ways to what the tests build of them. */
final class Fixture {
    static final ResponsesDialect DIALECT = new ResponsesDialect();
    static final ResponsesDoor DOOR = new ResponsesDoor();

    private Fixture() { }

    static String text(String path) {
        return any("responses/" + path);
    }

    /** A fixture of any dialect. */
    static String any(String path) {
        try (InputStream in = Fixture.class.getResourceAsStream("/fixtures/" + path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode object(String path) {
        return json(text(path));
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ChatRequest request(String body) {
        return DOOR.readRequest(json(body));
    }

    static Target target(Refusal... refuses) {
        return new Target("real-model", 0, Set.copyOf(Arrays.asList(refuses)), "openai");
    }

    /** As a provider of this dialect gets it. */
    static ObjectNode sent(ChatRequest request, Refusal... refuses) {
        return DIALECT.writeRequest(request, target(refuses), false);
    }

    static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

    /** One event as it came over the wire. */
    record Event(String name, String data) { }

    static List<Event> events(String sse) {
        List<Event> events = new ArrayList<>();
        for (String event : sse.replace("\r\n", "\n").split("\n\n")) {
            String name = null;
            String data = null;
            for (String line : event.split("\n")) {
                name = line.startsWith("event:") ? line.substring(6).trim() : name;
                data = line.startsWith("data:") ? line.substring(5).trim() : data;
            }
            if (data != null && !data.equals("[DONE]")) {
                events.add(new Event(name, data));
            }
        }
        return events;
    }

    /** The stream as the gateway hands it on: each event with its meaning, then what the reader tells at a valid end. */
    static List<StreamChunk> chunks(Dialect dialect, String sse) {
        StreamReader reader = dialect.streamReader();
        List<StreamChunk> chunks = new ArrayList<>();
        for (Event event : events(sse)) {
            List<StreamEvent> meaning = reader.read(event.name(), json(event.data()));
            chunks.add(new StreamChunk(meaning, dialect.name(), event.name(), event.data()));
        }
        List<StreamEvent> rest = reader.end();
        if (!rest.isEmpty()) {
            chunks.add(new StreamChunk(rest, null, null, null));
        }
        return chunks;
    }

    static List<StreamChunk> chunks(String sse) {
        return chunks(DIALECT, sse);
    }

    /** The same stream as another dialect would tell it: the meaning without the bytes. */
    static List<StreamChunk> bare(List<StreamChunk> chunks) {
        return chunks.stream().map(chunk -> new StreamChunk(chunk.events(), null, null, null)).toList();
    }

    static StreamWriter writer(ChatRequest request) {
        return DOOR.streamWriter(request, "req-1", 1_700_000_000L);
    }

    static String written(ChatRequest request, List<StreamChunk> chunks) {
        StreamWriter writer = writer(request);
        return chunks.stream().map(writer::write).collect(Collectors.joining()) + writer.end();
    }

    static String made(StreamEvent... events) {
        return written(ChatRequest.builder("auto").build(), Arrays.stream(events).map(StreamChunk::made).toList());
    }

    /** The answer as it would come from another dialect. */
    static ChatAnswer bare(ChatAnswer answer) {
        return new ChatAnswer(answer.id(), answer.model(), answer.created(), answer.choices(), answer.usage(), null);
    }
}
