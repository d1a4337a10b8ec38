package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.StreamReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes as they go over the wire, in {@code fixtures/<format>/<case>/}, and what is read from them. */
public final class WireFixtures {
    private WireFixtures() {}

    /** @param path below {@code fixtures} */
    public static String text(String path) {
        try (InputStream in = WireFixtures.class.getResourceAsStream("/fixtures/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no fixture " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

    /** One event as it came over the wire. @param name null where it has none */
    public record Event(String name, String data) {}

    /** The events of a stream, the terminal marker left out. */
    public static List<Event> events(String sse) {
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

    /**
     * The stream as the gateway hands it on: each event with its meaning, then what the reader tells at a valid end.
     */
    public static List<StreamChunk> chunks(ProviderCodec codec, String sse) {
        return chunks(codec, sse, true);
    }

    /** @param ended whether the stream came to a valid end */
    public static List<StreamChunk> chunks(ProviderCodec codec, String sse, boolean ended) {
        StreamReader reader = codec.streamReader();
        List<StreamChunk> chunks = new ArrayList<>();
        for (Event event : events(sse)) {
            List<StreamEvent> meaning = reader.read(event.name(), json(event.data()));
            chunks.add(new StreamChunk(meaning, codec.name(), event.name(), event.data()));
        }
        List<StreamEvent> rest = ended ? reader.end() : List.of();
        if (!rest.isEmpty()) {
            chunks.add(new StreamChunk(rest, null, null, null));
        }
        return chunks;
    }

    /** The same stream as another format would tell it: the meaning without the bytes. */
    public static List<StreamChunk> bare(List<StreamChunk> chunks) {
        return chunks.stream()
                .map(chunk -> new StreamChunk(chunk.events(), null, null, null))
                .toList();
    }

    /** The answer as it would come from another format. */
    public static ChatAnswer bare(ChatAnswer answer) {
        return new ChatAnswer(answer.id(), answer.model(), answer.created(), answer.choices(), answer.usage(), null);
    }
}
