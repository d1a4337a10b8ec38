package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.List;

/** Bytes as they go over the wire, in {@code fixtures/gemini/<case>/}. */
public final class GeminiFixtures {
    private GeminiFixtures() {}

    public static ObjectNode json(String path) {
        return parse(text(path));
    }

    public static ObjectNode parse(String text) {
        return WireFixtures.json(text);
    }

    /** The data of each event of a recorded stream. */
    public static List<ObjectNode> events(String path) {
        return WireFixtures.events(text(path)).stream()
                .map(event -> parse(event.data()))
                .toList();
    }

    /** Readable, and with numbers as a reader of the bytes would see them. */
    public static String pretty(JsonNode node) {
        return parse(Json.text(node)).toPrettyString();
    }

    public static String text(String path) {
        return WireFixtures.text("gemini/" + path);
    }
}
