package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Target;
import io.camelback.embed.EmbedAnswer;
import io.camelback.embed.EmbedRequest;
import io.camelback.embed.GeminiEmbeddings;
import io.camelback.embed.OpenAiEmbeddings;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * How one kind of provider is asked for vectors.
 *
 * @param mostInputs how many it takes at once; the Kamelet asks again until it has had all
 */
record EmbedDialect(String name, int mostInputs, Writer writer, Reader reader, ToProvider.Addressing addressing) {

    interface Writer {
        ObjectNode write(EmbedRequest request, Target target);
    }

    interface Reader {
        EmbedAnswer read(ObjectNode body, EmbedRequest request, Target target);
    }

    static List<EmbedDialect> all() {
        OpenAiEmbeddings openAi = new OpenAiEmbeddings();
        GeminiEmbeddings gemini = new GeminiEmbeddings();
        return List.of(
                new EmbedDialect("openai", Integer.MAX_VALUE, openAi::writeRequest,
                        (body, request, target) -> openAi.readAnswer(body, request), ToProvider.Addressing.IN_THE_BODY),
                new EmbedDialect("gemini", GeminiEmbeddings.MOST_INPUTS, gemini::writeRequest, gemini::readAnswer,
                        (message, deployment, stream) ->
                                message.setHeader(Exchange.HTTP_PATH, GeminiEmbeddings.path(deployment.model()))));
    }

    /** The part of the caller's request that is next. */
    EmbedRequest part(LiveAttempt attempt) {
        return parts(attempt).get(attempt.translated().batches().size());
    }

    List<EmbedRequest> parts(LiveAttempt attempt) {
        return attempt.call().embedding().split(mostInputs);
    }
}
