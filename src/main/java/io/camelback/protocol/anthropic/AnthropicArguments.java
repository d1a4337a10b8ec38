package io.camelback.protocol.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;

/** A call's arguments: JSON text in the neutral model, as the model wrote it; an object in Anthropic's. */
public final class AnthropicArguments {
    private AnthropicArguments() {}

    /**
     * What is no object even after one unwrapping is kept as {@code {"_raw": text}}, so that the history stays true.
     */
    static ObjectNode object(String text) {
        JsonNode value = parse(text);
        if (value != null && value.isTextual()) {
            value = parse(value.textValue());
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        ObjectNode wrapped = Json.object();
        return value != null && value.isNull() ? wrapped : wrapped.put("_raw", text);
    }

    /**
     * An answer's call. @param cut whether the answer broke off: what is left of its last call then is no argument at
     * all
     */
    public static ObjectNode answered(String text, boolean cut) {
        return cut && parse(text) == null ? Json.object() : object(text);
    }

    /** Whether a call whose arguments come in pieces has all of them. */
    public static boolean complete(String text) {
        return parse(text) instanceof ObjectNode;
    }

    /** JSON's null for nothing, Java's null for what is no JSON. */
    private static JsonNode parse(String text) {
        if (text == null || text.isBlank()) {
            return Json.object().nullNode();
        }
        try {
            return Json.read(text);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** @param input an object; some servers that only speak this dialect send its text. Null when there was none */
    public static String text(JsonNode input) {
        if (input == null
                || input.isNull()
                || input.isTextual() && input.textValue().isBlank()) {
            return "{}";
        }
        return input.isTextual() ? input.textValue() : Json.text(input);
    }
}
