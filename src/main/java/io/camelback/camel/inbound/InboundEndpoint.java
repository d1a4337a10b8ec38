package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.request.InboundPayload;
import io.camelback.embedding.EmbeddingAnswer;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * An HTTP endpoint: how its requests are read, and how their answers are written. {@link InboundEndpoints} has all.
 *
 * @param name routes know its first step as {@code camelback-request-<name>}, or {@code camelback-count-<name>}
 * @param codec the API format of its answers and errors
 * @param reader reads a body
 * @param embeddings writes embeddings; null where none are made
 * @param tokenCount writes a number of tokens; null where none are counted
 */
public record InboundEndpoint(
        String name,
        Function<EndpointUrl, ClientCodec> codec,
        PayloadReader reader,
        EmbeddingWriter embeddings,
        LongFunction<ObjectNode> tokenCount) {

    /** Reads what a caller wants. */
    @FunctionalInterface
    interface PayloadReader {
        /** @throws InvalidRequestException naming the field that is missing, mistyped or out of range */
        InboundPayload read(ObjectNode body, EndpointUrl url);
    }

    /** Writes embeddings for a caller. */
    @FunctionalInterface
    interface EmbeddingWriter {
        ObjectNode write(EmbeddingAnswer answer, EmbeddingRequest request, EndpointUrl url);
    }

    /** Where conversations are answered, in a format whose URL says nothing of them. */
    static InboundEndpoint chat(ClientCodec codec) {
        return chat(codec.name(), url -> codec, (body, url) -> new InboundPayload.Chat(codec.readRequest(body)));
    }

    static InboundEndpoint chat(String name, Function<EndpointUrl, ClientCodec> codec, PayloadReader reader) {
        return new InboundEndpoint(name, codec, reader, null, null);
    }

    static InboundEndpoint embeddings(String name, ClientCodec errors, PayloadReader reader, EmbeddingWriter writer) {
        return new InboundEndpoint(name, url -> errors, reader, writer, null);
    }

    static InboundEndpoint tokenCount(ClientCodec codec, PayloadReader reader, LongFunction<ObjectNode> writer) {
        return new InboundEndpoint(codec.name(), url -> codec, reader, null, writer);
    }
}
