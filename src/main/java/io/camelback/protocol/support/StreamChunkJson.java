package io.camelback.protocol.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;

/** Parses the data of a stream's chunk. */
public final class StreamChunkJson {
    private StreamChunkJson() {}

    /** @throws MalformedResponseException when it is no JSON object */
    public static ObjectNode parse(String data) {
        try {
            if (Json.read(data) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new MalformedResponseException("a chunk is not JSON");
        }
        throw new MalformedResponseException("a chunk is not an object");
    }
}
