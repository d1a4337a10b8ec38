package io.camelback.embedding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as it goes over the wire. */
final class EmbeddingBodies {
    private EmbeddingBodies() {}

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
