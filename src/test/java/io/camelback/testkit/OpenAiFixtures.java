package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The bytes under {@code fixtures/openai}, and short ways to what the tests build of them. */
public final class OpenAiFixtures {
    public static final OpenAiChatProviderCodec DIALECT = new OpenAiChatProviderCodec();
    public static final OpenAiChatClientCodec DOOR = new OpenAiChatClientCodec();

    private OpenAiFixtures() {}

    public static String text(String path) {
        try (InputStream in = OpenAiFixtures.class.getResourceAsStream("/fixtures/openai/" + path)) {
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

    public static ProviderModel target(String provider, UnsupportedParameter... refuses) {
        return new ProviderModel("real-model", 0, Set.copyOf(Arrays.asList(refuses)), provider);
    }

    public static String pretty(JsonNode node) {
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

    /**
     * The stream as the gateway hands it on: each event with its meaning, then what the reader tells at a valid end.
     */
    public static List<StreamChunk> chunks(String sse) {
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

    public static StreamReader read(String sse) {
        StreamReader reader = DIALECT.streamReader();
        data(sse).forEach(one -> reader.read(null, json(one)));
        return reader;
    }

    /** The same stream as another dialect would tell it: the meaning without the bytes. */
    public static List<StreamChunk> bare(List<StreamChunk> chunks) {
        return chunks.stream()
                .map(chunk -> new StreamChunk(chunk.events(), null, null, null))
                .toList();
    }

    public static String written(List<StreamChunk> chunks, boolean usage) {
        ChatRequest request =
                ChatRequest.builder("auto").stream(true).streamUsage(usage).build();
        StreamWriter writer = DOOR.streamWriter(request, "req-1", 1_700_000_000L);
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(writer.write(chunk)));
        return text.append(writer.end()).toString();
    }
}
