package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
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
public final class ResponsesFixtures {
    public static final OpenAiResponsesProviderCodec DIALECT = new OpenAiResponsesProviderCodec();
    public static final OpenAiResponsesClientCodec DOOR = new OpenAiResponsesClientCodec();

    private ResponsesFixtures() {}

    public static String text(String path) {
        return any("responses/" + path);
    }

    /** A fixture of any dialect. */
    public static String any(String path) {
        try (InputStream in = ResponsesFixtures.class.getResourceAsStream("/fixtures/" + path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode object(String path) {
        return json(text(path));
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ChatRequest request(String body) {
        return DOOR.readRequest(json(body));
    }

    public static ProviderModel target(UnsupportedParameter... refuses) {
        return new ProviderModel("real-model", 0, Set.copyOf(Arrays.asList(refuses)), "openai");
    }

    /** As a provider of this dialect gets it. */
    public static ObjectNode sent(ChatRequest request, UnsupportedParameter... refuses) {
        return DIALECT.writeRequest(request, target(refuses), false);
    }

    public static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

    /** One event as it came over the wire. */
    public record Event(String name, String data) {}

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
        StreamReader reader = codec.streamReader();
        List<StreamChunk> chunks = new ArrayList<>();
        for (Event event : events(sse)) {
            List<StreamEvent> meaning = reader.read(event.name(), json(event.data()));
            chunks.add(new StreamChunk(meaning, codec.name(), event.name(), event.data()));
        }
        List<StreamEvent> rest = reader.end();
        if (!rest.isEmpty()) {
            chunks.add(new StreamChunk(rest, null, null, null));
        }
        return chunks;
    }

    public static List<StreamChunk> chunks(String sse) {
        return chunks(DIALECT, sse);
    }

    /** The same stream as another dialect would tell it: the meaning without the bytes. */
    public static List<StreamChunk> bare(List<StreamChunk> chunks) {
        return chunks.stream()
                .map(chunk -> new StreamChunk(chunk.events(), null, null, null))
                .toList();
    }

    public static StreamWriter writer(ChatRequest request) {
        return DOOR.streamWriter(request, "req-1", 1_700_000_000L);
    }

    public static String written(ChatRequest request, List<StreamChunk> chunks) {
        StreamWriter writer = writer(request);
        return chunks.stream().map(writer::write).collect(Collectors.joining()) + writer.end();
    }

    public static String made(StreamEvent... events) {
        return written(
                ChatRequest.builder("auto").build(),
                Arrays.stream(events).map(StreamChunk::made).toList());
    }

    /** The answer as it would come from another dialect. */
    public static ChatAnswer bare(ChatAnswer answer) {
        return new ChatAnswer(answer.id(), answer.model(), answer.created(), answer.choices(), answer.usage(), null);
    }
}
