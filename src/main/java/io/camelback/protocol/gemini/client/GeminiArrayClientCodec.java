package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.StreamWriter;

/** {@code streamGenerateContent} without {@code alt=sse}: the chunks are the elements of one JSON array. */
public final class GeminiArrayClientCodec implements ClientCodec {
    private final GeminiClientCodec codec;

    public GeminiArrayClientCodec(GeminiClientCodec codec) {
        this.codec = codec;
    }

    @Override
    public String name() {
        return codec.name();
    }

    @Override
    public ChatRequest readRequest(ObjectNode body) {
        return codec.readRequest(body);
    }

    @Override
    public ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId) {
        return codec.writeAnswer(answer, request, requestId);
    }

    @Override
    public StreamWriter streamWriter(ChatRequest request, String requestId, long created) {
        return codec.arrayWriter(request, requestId, created);
    }

    @Override
    public String streamType() {
        return "application/json";
    }

    @Override
    public String comment(String text) {
        return codec.comment(text);
    }

    @Override
    public ObjectNode writeError(GatewayError error, String requestId) {
        return codec.writeError(error, requestId);
    }
}
