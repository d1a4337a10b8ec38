package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fields of one object as Google takes them: a field may be spelled in snake_case, and where a list of objects is
 * wanted one object will do.
 */
public final class GeminiFields extends RequestFields {
    /** By camelCase. Only names in our own code are looked up, so it stays small. */
    private static final Map<String, String> SNAKE = new ConcurrentHashMap<>();

    public GeminiFields(ObjectNode node, String path) {
        super(node, path);
    }

    private GeminiFields(ObjectNode node, RequestFields holder, String place, int index) {
        super(node, holder, place, index);
    }

    /** The spelling of a field that the object uses, camelCase if it has neither. */
    public static String key(ObjectNode node, String field) {
        if (node.has(field)) {
            return field;
        }
        String snake = snake(field);
        return node.has(snake) ? snake : field;
    }

    private static String snake(String field) {
        String known = SNAKE.get(field);
        return known != null
                ? known
                : SNAKE.computeIfAbsent(
                        field, camel -> camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
    }

    /** The value of a field in either spelling; null when it is missing or null. */
    public static JsonNode value(ObjectNode node, String field) {
        JsonNode value = node.get(field);
        value = value == null ? node.get(snake(field)) : value;
        return value == null || value.isNull() ? null : value;
    }

    @Override
    protected String key(String field) {
        return key(node(), field);
    }

    @Override
    public JsonNode get(String field) {
        return value(node(), field);
    }

    @Override
    protected GeminiFields inner(ObjectNode object, String field, int number) {
        return new GeminiFields(object, this, field, number);
    }

    @Override
    public GeminiFields object(String field) {
        return (GeminiFields) super.object(field);
    }

    @Override
    public GeminiFields element(String field, int number) {
        return (GeminiFields) super.element(field, number);
    }

    /** The objects of a list; empty when it is missing. */
    public List<GeminiFields> list(String field) {
        JsonNode value = get(field);
        if (value == null) {
            return List.of();
        }
        if (value.isObject()) {
            return List.of(object(field));
        }
        int size = array(field).size();
        List<GeminiFields> objects = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            objects.add(element(field, i));
        }
        return objects;
    }

    /** The strings of a list; one string will do. */
    public List<String> strings(String field, int most) {
        JsonNode value = get(field);
        if (value == null) {
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        for (JsonNode element : value.isArray() ? value : node().arrayNode().add(value)) {
            if (!element.isTextual() || strings.size() == most) {
                throw invalid(field, "must be an array of at most " + most + " strings");
            }
            strings.add(element.textValue());
        }
        return strings;
    }

    /** A small whole number; {@code 40.0} is one, too. Null when it is missing. */
    Integer count(String field, int min, int max) {
        Long number = whole(field, min, max);
        return number == null ? null : Integer.valueOf(number.intValue());
    }
}
