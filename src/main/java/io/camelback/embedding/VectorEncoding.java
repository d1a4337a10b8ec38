package io.camelback.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** A vector on the wire: an array of numbers, or the bytes of its little-endian float32s as base64. */
final class VectorEncoding {
    private VectorEncoding() {}

    /** Reads either form. */
    static float[] read(JsonNode node) {
        if (node.isTextual()) {
            return decoded(node.textValue());
        }
        if (!node.isArray()) {
            throw new MalformedResponseException("an embedding is neither an array nor base64");
        }
        float[] vector = new float[node.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!node.get(i).isNumber()) {
                throw new MalformedResponseException("an embedding holds something else than numbers");
            }
            vector[i] = node.get(i).floatValue();
        }
        return finite(vector);
    }

    private static float[] decoded(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedResponseException("an embedding is not valid base64");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw new MalformedResponseException("an embedding is cut in the middle of a number");
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return finite(vector);
    }

    private static float[] finite(float[] vector) {
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                throw new MalformedResponseException("an embedding holds a number that is not finite");
            }
        }
        return vector;
    }

    static JsonNode write(float[] vector, boolean base64) {
        if (base64) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            return Json.of(Base64.getEncoder().encodeToString(bytes.array()));
        }
        ArrayNode numbers = Json.object().arrayNode(vector.length);
        for (float value : vector) {
            numbers.add(value);
        }
        return numbers;
    }

    /**
     * Checks that the vectors answer the request: one for each input, all of one length, and of the length that was
     * asked for. A server that does not know {@code dimensions} ignores it, and its vectors could not be compared with
     * those it stands in for.
     */
    static void check(List<float[]> vectors, EmbeddingRequest request) {
        if (vectors.size() != request.inputs().size()) {
            throw new MalformedResponseException(
                    vectors.size() + " embeddings for " + request.inputs().size() + " inputs");
        }
        int length = request.dimensions() == null ? vectors.get(0).length : request.dimensions();
        for (float[] vector : vectors) {
            if (vector.length == 0 || vector.length != length) {
                throw new MalformedResponseException(
                        "an embedding of " + vector.length + " dimensions instead of " + length);
            }
        }
    }
}
