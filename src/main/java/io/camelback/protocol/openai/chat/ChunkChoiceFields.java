package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.MalformedResponseException;

/** Where things are in a choice of a chunk. */
public final class ChunkChoiceFields {
    private ChunkChoiceFields() {}

    /**
     * The delta; empty when it is missing or null. Some servers send a whole {@code message} in its place.
     *
     * @throws MalformedResponseException when the choice or its delta is no object
     */
    public static JsonNode delta(JsonNode choice, int position) {
        if (!choice.isObject()) {
            throw new MalformedResponseException("choices[" + position + "] is not an object");
        }
        JsonNode delta = JsonNodes.has(choice, "delta") ? choice.get("delta") : choice.path("message");
        if (delta.isObject()) {
            return delta;
        }
        if (delta.isNull() || delta.isMissingNode()) {
            return Json.object();
        }
        throw new MalformedResponseException("choices[" + position + "].delta is not an object");
    }

    /** The choice's index, or its position where the server leaves it out. */
    public static int index(JsonNode choice, int position) {
        Integer index = JsonNodes.index(choice, "index");
        return index == null ? position : index;
    }
}
