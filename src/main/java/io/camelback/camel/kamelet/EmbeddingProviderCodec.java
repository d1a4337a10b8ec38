package io.camelback.camel.kamelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.embedding.EmbeddingAnswer;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.embedding.GeminiEmbeddingCodec;
import io.camelback.embedding.OpenAiEmbeddingCodec;
import io.camelback.protocol.ProviderModel;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * How one kind of provider is asked for vectors.
 *
 * @param mostInputs how many it takes at once; the Kamelet asks again until it has had all
 */
public record EmbeddingProviderCodec(
        String name, int mostInputs, Writer writer, Reader reader, ChatRequestProcessor.Addressing addressing) {

    interface Writer {
        ObjectNode write(EmbeddingRequest request, ProviderModel target);
    }

    interface Reader {
        EmbeddingAnswer read(ObjectNode body, EmbeddingRequest request, ProviderModel target);
    }

    public static List<EmbeddingProviderCodec> all() {
        OpenAiEmbeddingCodec openAi = new OpenAiEmbeddingCodec();
        GeminiEmbeddingCodec gemini = new GeminiEmbeddingCodec();
        return List.of(
                new EmbeddingProviderCodec(
                        "openai",
                        Integer.MAX_VALUE,
                        openAi::writeRequest,
                        (body, request, target) -> openAi.readAnswer(body, request),
                        ChatRequestProcessor.Addressing.IN_THE_BODY),
                new EmbeddingProviderCodec(
                        "gemini",
                        GeminiEmbeddingCodec.MOST_INPUTS,
                        gemini::writeRequest,
                        gemini::readAnswer,
                        (message, deployment, stream) ->
                                message.setHeader(Exchange.HTTP_PATH, GeminiEmbeddingCodec.path(deployment.model()))));
    }

    /** The part of the caller's request that is next. */
    EmbeddingRequest part(ProviderAttempt attempt) {
        return parts(attempt).get(attempt.translation().batches().size());
    }

    List<EmbeddingRequest> parts(ProviderAttempt attempt) {
        return attempt.context().embedding().split(mostInputs);
    }
}
