package io.camelback.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The bytes under {@code fixtures}, and short ways to what the tests build of them. */
public final class ResponsesFixtures {
    public static final OpenAiResponsesProviderCodec DIALECT = new OpenAiResponsesProviderCodec();
    public static final OpenAiResponsesClientCodec CODEC = new OpenAiResponsesClientCodec();

    private ResponsesFixtures() {}

    public static String text(String path) {
        return WireFixtures.text("responses/" + path);
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

    public static ProviderModel target(UnsupportedParameter... refuses) {
        return new ProviderModel("real-model", 0, Set.copyOf(Arrays.asList(refuses)), "openai");
    }

    /** As a provider of this dialect gets it. */
    public static ObjectNode sent(ChatRequest request, UnsupportedParameter... refuses) {
        return DIALECT.writeRequest(request, target(refuses), false);
    }

    public static List<StreamChunk> chunks(String sse) {
        return WireFixtures.chunks(DIALECT, sse);
    }

    public static StreamWriter writer(ChatRequest request) {
        return CODEC.streamWriter(request, "req-1", 1_700_000_000L);
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
}
