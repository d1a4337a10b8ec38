package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** What each client codec does to a body before it reads it. */
public final class BodySanitizer {
    private BodySanitizer() {}

    /**
     * The body with every lone surrogate replaced by U+FFFD; the same body when there is none, as in nearly every
     * request.
     *
     * @throws io.camelback.protocol.InvalidRequestException naming the path of a number that no provider can read
     */
    public static ObjectNode sound(ObjectNode body) {
        if (isSound(body)) {
            return body;
        }
        NumberRangeCheck.require(body);
        return SurrogateSanitizer.replaceIn(body);
    }

    private static boolean isSound(JsonNode node) {
        if (node instanceof TextNode) {
            return SurrogateSanitizer.isWhole(node.textValue());
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!SurrogateSanitizer.isWhole(field.getKey()) || !isSound(field.getValue())) {
                    return false;
                }
            }
            return true;
        }
        if (node instanceof ArrayNode array) {
            for (JsonNode element : array) {
                if (!isSound(element)) {
                    return false;
                }
            }
            return true;
        }
        return NumberRangeCheck.isPlain(node);
    }
}
