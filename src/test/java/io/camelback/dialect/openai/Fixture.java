package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
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

/** The bytes under {@code fixtures/openai}, and short ways to what the tests build of them. */
final class Fixture {
    static final OpenAiDialect DIALECT = new OpenAiDialect();
    static final OpenAiDoor DOOR = new OpenAiDoor();

    private Fixture() { }

    static String text(String path) {
        try (InputStream in = Fixture.class.getResourceAsStream("/fixtures/openai/" + path)) {
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

    static Target target(String provider, Refusal... refuses) {
        return new Target("real-model", 0, Set.copyOf(Arrays.asList(refuses)), provider);
    }

    static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

    /** The data of the events, the terminal marker left out. */
    static List<String> data(String sse) {
        List<String> all = new ArrayList<>();
        for (String event : sse.split("\n\n")) {
            String data = event.substring("data: ".length());
            if (!data.equals("[DONE]")) {
                all.add(data);
            }
        }
        return all;
    }

    /** The stream as the gateway hands it on: each event with its meaning, then what the reader tells at a valid end. */
    static List<StreamChunk> chunks(String sse) {
        StreamReader reader = DIALECT.streamReader();
        List<StreamChunk> chunks = new ArrayList<>();
        for (String one : data(sse)) {
            chunks.add(new StreamChunk(reader.read(null, json(one)), "openai", null, one));
        }
        List<StreamEvent> rest = sse.contains("[DONE]") ? reader.end() : List.of();
        if (!rest.isEmpty()) {
            chunks.add(new StreamChunk(rest, null, null, null));
        }
        return chunks;
    }

    static StreamReader read(String sse) {
        StreamReader reader = DIALECT.streamReader();
        data(sse).forEach(one -> reader.read(null, json(one)));
        return reader;
    }

    /** The same stream as another dialect would tell it: the meaning without the bytes. */
    static List<StreamChunk> bare(List<StreamChunk> chunks) {
        return chunks.stream().map(chunk -> new StreamChunk(chunk.events(), null, null, null)).toList();
    }

    static String written(List<StreamChunk> chunks, boolean usage) {
        ChatRequest request = ChatRequest.builder("auto").stream(true).streamUsage(usage).build();
        StreamWriter writer = DOOR.streamWriter(request, "req-1", 1_700_000_000L);
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(writer.write(chunk)));
        return text.append(writer.end()).toString();
    }
}
