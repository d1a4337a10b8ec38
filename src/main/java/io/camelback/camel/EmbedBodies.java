package io.camelback.camel;

import io.camelback.dialect.InvalidRequest;
import io.camelback.embed.EmbedAnswer;
import io.camelback.embed.EmbedRequest;
import io.camelback.embed.OpenAiEmbeddings;
import org.apache.camel.CamelContext;

/** What {@link ChatBodies} does, for embeddings: OpenAI-shaped JSON becomes an {@link EmbedRequest}, and vectors become JSON. */
final class EmbedBodies implements Direct.Bodies {
    private static final OpenAiEmbeddings OPENAI = new OpenAiEmbeddings();

    /** Lets a route that called a chain take its vectors as text, bytes or a map, as numbers. */
    static void register(CamelContext context) {
        JsonBodies.register(context, EmbedAnswer.class,
                (answer, exchange) -> OPENAI.writeAnswer(answer, EmbedRequest.of(answer.model())));
    }

    /** @throws InvalidRequest when it is not a request for embeddings, in any of these kinds */
    @Override
    public Asked asked(Object body) {
        if (body instanceof EmbedRequest request) {
            return new Asked.Embeddings(request);
        }
        return new Asked.Embeddings(JsonBodies.read(body).map(OPENAI::readRequest).orElseThrow(() -> new InvalidRequest(null,
                "direct:embed takes an EmbedRequest, or OpenAI-shaped JSON as bytes, text, a stream or a map.")));
    }

    @Override
    public Object inKind(Object asked, Object reply, Call call, long created) {
        return asked instanceof EmbedRequest ? reply
                : JsonBodies.inKind(asked, OPENAI.writeAnswer((EmbedAnswer) reply, call.embedding()));
    }
}
