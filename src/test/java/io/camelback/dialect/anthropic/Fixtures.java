package io.camelback.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Recorded bodies under {@code fixtures/anthropic}, and the models they were written for. */
final class Fixtures {
    static final String MODEL = "claude-haiku-4-5";

    private Fixtures() { }

    static Target target(Refusal... refuses) {
        return new Target(MODEL, 64000, Set.of(refuses), "anthropic");
    }

    static String text(String path) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/anthropic/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode json(String path) {
        return object(text(path));
    }

    static ObjectNode object(String text) {
        try {
            return (ObjectNode) Json.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
