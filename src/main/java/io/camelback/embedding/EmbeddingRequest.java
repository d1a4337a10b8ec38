package io.camelback.embedding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An embedding request.
 *
 * @param model the name the caller asked for
 * @param inputs one for each vector wanted, at least one
 * @param dimensions how long the vectors shall be; null for the model's own length
 * @param base64 whether the caller wants the vectors as base64 and not as numbers
 * @param user an opaque end-user id; null when not said
 * @param task what the vectors are for, in Google's words ({@code RETRIEVAL_QUERY}); null when not said. Only Gemini's
 *     models know it
 * @param original the body as it was received, read only; null for a request built in Java, or for a part of another
 *     one
 */
public record EmbeddingRequest(
        String model,
        List<Input> inputs,
        Integer dimensions,
        boolean base64,
        String user,
        String task,
        ObjectNode original) {

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
    }

    public EmbeddingRequest(
            String model, List<Input> inputs, Integer dimensions, boolean base64, String user, ObjectNode original) {
        this(model, inputs, dimensions, base64, user, null, original);
    }

    /** What one vector is made of. */
    public sealed interface Input {
        record Text(String text) implements Input {}

        /** A text that the caller has cut into tokens already, which only a model with the same tokenizer can read. */
        record Tokens(List<Integer> ids) implements Input {
            public Tokens {
                ids = List.copyOf(ids);
            }
        }
    }

    /** A request for numbers, as Camel routes make it. */
    public static EmbeddingRequest of(String model, String... texts) {
        List<Input> inputs = new ArrayList<>();
        for (String text : texts) {
            inputs.add(new Input.Text(text));
        }
        return new EmbeddingRequest(model, inputs, null, false, null, null);
    }

    public boolean hasTokens() {
        return inputs.stream().anyMatch(Input.Tokens.class::isInstance);
    }

    /** This request in parts of at most {@code most} inputs, in order; itself when it is small enough. */
    public List<EmbeddingRequest> split(int most) {
        if (inputs.size() <= most) {
            return List.of(this);
        }
        List<EmbeddingRequest> parts = new ArrayList<>();
        for (int from = 0; from < inputs.size(); from += most) {
            List<Input> some = inputs.subList(from, Math.min(from + most, inputs.size()));
            parts.add(new EmbeddingRequest(model, some, dimensions, base64, user, task, null));
        }
        return parts;
    }
}
