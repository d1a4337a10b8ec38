package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.Map;

/**
 * Halves of characters, one of a surrogate pair without the other, which JSON can spell and UTF-8 cannot: a provider
 * refuses them or reads something else than we counted, so both must see the same replacement (docs/failures.md H17).
 */
public final class SurrogateSanitizer {
    private SurrogateSanitizer() {}

    /** The object with every lone surrogate replaced by U+FFFD; the same object when there is none. */
    public static ObjectNode replaceIn(ObjectNode object) {
        return isWhole(object) ? object : (ObjectNode) replaced(object);
    }

    /** Nearly every body is: then nothing need be built. */
    private static boolean isWhole(JsonNode node) {
        if (node.isTextual()) {
            return isWhole(node.textValue());
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!isWhole(field.getKey()) || !isWhole(field.getValue())) {
                    return false;
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (JsonNode element : array) {
                if (!isWhole(element)) {
                    return false;
                }
            }
        }
        return true;
    }

    static boolean isWhole(String text) {
        return replace(text).equals(text);
    }

    private static JsonNode replaced(JsonNode node) {
        if (node.isTextual()) {
            String text = node.textValue();
            String mended = replace(text);
            return mended.equals(text) ? node : Json.of(mended);
        }
        if (node instanceof ObjectNode object) {
            return replacedFields(object);
        }
        return node instanceof ArrayNode array ? replacedElements(array) : node;
    }

    private static JsonNode replacedFields(ObjectNode object) {
        ObjectNode result = Json.object();
        boolean changed = false;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String key = replace(field.getKey());
            JsonNode value = replaced(field.getValue());
            changed |= value != field.getValue() || !key.equals(field.getKey());
            result.set(key, value);
        }
        return changed ? result : object;
    }

    private static JsonNode replacedElements(ArrayNode array) {
        ArrayNode result = array.arrayNode();
        boolean changed = false;
        for (JsonNode element : array) {
            JsonNode value = replaced(element);
            changed |= value != element;
            result.add(value);
        }
        return changed ? result : array;
    }

    /** The text with every lone surrogate replaced by U+FFFD. */
    public static String replace(String text) {
        return rewrite(text, false);
    }

    /**
     * JSON text with every lone surrogate written as an escape: a pair that was split over two pieces of a stream is
     * whole again once the caller has joined them.
     */
    public static String escape(String json) {
        return rewrite(json, true);
    }

    private static String rewrite(String text, boolean escape) {
        StringBuilder result = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !paired) {
                result = result == null ? new StringBuilder(text.length() + 8).append(text, 0, i) : result;
                result.append(escape ? String.format("\\u%04x", (int) c) : "\uFFFD");
                continue;
            }
            if (result != null) {
                result.append(c);
            }
            if (paired) {
                i++;
                if (result != null) {
                    result.append(text.charAt(i));
                }
            }
        }
        return result == null ? text : result.toString();
    }
}
