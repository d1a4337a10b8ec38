package io.camelback.embedding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of an embedding request.
 *
 * @param model the model that made them, by the provider's name; null when it told none
 * @param vectors one for each input, in the order of the inputs; read only
 * @param usage null when the provider reported none
 * @param original the body as an OpenAI-compatible provider sent it, read only; null for any other answer
 */
public record EmbeddingAnswer(String model, List<float[]> vectors, Usage usage, ObjectNode original) {

    public EmbeddingAnswer {
        vectors = List.copyOf(vectors);
    }

    /** The answer to a request that was split, from the answers to its parts in their order. */
    public static EmbeddingAnswer joined(List<EmbeddingAnswer> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<float[]> vectors = new ArrayList<>();
        Usage usage = null;
        for (EmbeddingAnswer part : parts) {
            vectors.addAll(part.vectors());
            long before = usage == null ? 0 : usage.input();
            usage = part.usage() == null
                    ? usage
                    : Usage.of(before + part.usage().input(), 0);
        }
        return new EmbeddingAnswer(parts.get(0).model(), vectors, usage, null);
    }
}
