package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bytes as they go over the wire, in {@code fixtures/gemini/<case>/}. */
public final class GeminiFixtures {
    private GeminiFixtures() {}

    public static ObjectNode json(String path) {
        return parse(text(path));
    }

    public static ObjectNode parse(String text) {
        try {
            return (ObjectNode) Json.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data of each event of a recorded stream. */
    public static List<ObjectNode> events(String path) {
        return text(path)
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> parse(line.substring(5)))
                .toList();
    }

    /** Readable, and with numbers as a reader of the bytes would see them. */
    public static String pretty(JsonNode node) {
        return parse(Json.text(node)).toPrettyString();
    }

    public static String text(String path) {
        try (InputStream in = GeminiFixtures.class.getResourceAsStream("/fixtures/gemini/" + path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
