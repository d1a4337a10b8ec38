package io.camelback.camel.convert;

import io.camelback.camel.request.InboundPayload;
import io.camelback.camel.request.RequestContext;
import io.camelback.embedding.EmbeddingAnswer;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.embedding.OpenAiEmbeddingCodec;
import io.camelback.protocol.InvalidRequestException;
import org.apache.camel.CamelContext;

/**
 * What {@link ChatBodyConverter} does, for embeddings: OpenAI-shaped JSON becomes an {@link EmbeddingRequest}, and
 * vectors become JSON.
 */
public final class EmbeddingBodyConverter implements BodyConverter {
    private static final OpenAiEmbeddingCodec OPENAI = new OpenAiEmbeddingCodec();

    /** Lets a route that called a chain take its vectors as text, bytes or a map, as numbers. */
    public static void register(CamelContext context) {
        JsonBodyConverter.register(
                context,
                EmbeddingAnswer.class,
                (answer, exchange) -> OPENAI.writeAnswer(answer, EmbeddingRequest.of(answer.model())));
    }

    /** @throws InvalidRequestException when it is not a request for embeddings, in any of these kinds */
    @Override
    public InboundPayload toPayload(Object body) {
        if (body instanceof EmbeddingRequest request) {
            return new InboundPayload.Embeddings(request);
        }
        return new InboundPayload.Embeddings(
                JsonBodyConverter.read(body)
                        .map(OPENAI::readRequest)
                        .orElseThrow(
                                () -> new InvalidRequestException(
                                        null,
                                        "direct:embed takes an EmbeddingRequest, or OpenAI-shaped JSON as bytes, text, a stream or a map.")));
    }

    @Override
    public Object convertReply(Object asked, Object reply, RequestContext requestContext, long created) {
        return asked instanceof EmbeddingRequest
                ? reply
                : JsonBodyConverter.convertReply(
                        asked, OPENAI.writeAnswer((EmbeddingAnswer) reply, requestContext.embedding()));
    }
}
