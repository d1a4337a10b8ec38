package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * One setting of a client.
 *
 * @param key where it stands in its file, from the top
 * @param value a text, or an object that only holds texts and objects; null when the setting has to go
 * @param secret whether the value may be written but never shown
 */
record SettingsChange(List<String> key, JsonNode value, boolean secret) {
    SettingsChange {
        key = List.copyOf(key);
    }

    static SettingsChange set(String value, String... key) {
        return set(TextNode.valueOf(value), key);
    }

    static SettingsChange set(JsonNode value, String... key) {
        return new SettingsChange(List.of(key), value, false);
    }

    static SettingsChange secret(JsonNode value, String... key) {
        return new SettingsChange(List.of(key), value, true);
    }

    static SettingsChange remove(String... key) {
        return new SettingsChange(List.of(key), null, false);
    }

    /** The key as people write it, such as {@code env.ANTHROPIC_BASE_URL}. */
    String name() {
        return String.join(".", key);
    }
}
