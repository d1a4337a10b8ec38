package io.camelback.embed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as it goes over the wire. */
final class Bodies {
    private Bodies() { }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
