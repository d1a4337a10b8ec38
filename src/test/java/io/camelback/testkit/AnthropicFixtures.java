package io.camelback.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Recorded bodies under {@code fixtures/anthropic}, and the models they were written for. */
public final class AnthropicFixtures {
    static final String MODEL = "claude-haiku-4-5";

    private AnthropicFixtures() {}

    public static ProviderModel target(UnsupportedParameter... refuses) {
        return new ProviderModel(MODEL, 64000, Set.of(refuses), "anthropic");
    }

    public static String text(String path) {
        try (InputStream in = AnthropicFixtures.class.getResourceAsStream("/fixtures/anthropic/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode json(String path) {
        return object(text(path));
    }

    public static ObjectNode object(String text) {
        try {
            return (ObjectNode) Json.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
