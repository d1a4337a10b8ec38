package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.dialect.Json;
import io.camelback.dialect.MalformedAnswer;
import io.camelback.dialect.Wire;

/** Where things are in a choice of a chunk. */
final class ChunkShape {
    private ChunkShape() { }

    /**
     * The delta; empty when it is missing or null. Some servers send a whole {@code message} in its place.
     *
     * @throws MalformedAnswer when the choice or its delta is no object
     */
    static JsonNode delta(JsonNode choice, int position) {
        if (!choice.isObject()) {
            throw new MalformedAnswer("choices[" + position + "] is not an object");
        }
        JsonNode delta = Wire.has(choice, "delta") ? choice.get("delta") : choice.path("message");
        if (delta.isObject()) {
            return delta;
        }
        if (delta.isNull() || delta.isMissingNode()) {
            return Json.object();
        }
        throw new MalformedAnswer("choices[" + position + "].delta is not an object");
    }

    /** The choice's index, or its position where the server leaves it out. */
    static int index(JsonNode choice, int position) {
        Integer index = Wire.index(choice, "index");
        return index == null ? position : index;
    }
}
