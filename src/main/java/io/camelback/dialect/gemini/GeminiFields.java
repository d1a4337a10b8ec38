package io.camelback.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.InvalidRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fields of one object of a caller's request, read strictly: what is there must be of the right type and in range, and the
 * error names its path. As Google takes them: a field may be spelled in snake_case, null counts as missing, and where a list of
 * objects is wanted one object will do.
 */
record GeminiFields(ObjectNode node, String path) {
    /** By camelCase. Only names in our own code are looked up, so it stays small. */
    private static final Map<String, String> SNAKE = new ConcurrentHashMap<>();

    /** The spelling of a field that the object uses, camelCase if it has neither. */
    static String key(ObjectNode node, String field) {
        if (node.has(field)) {
            return field;
        }
        String snake = snake(field);
        return node.has(snake) ? snake : field;
    }

    private static String snake(String field) {
        return SNAKE.computeIfAbsent(field, camel -> camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
    }

    /** The value of a field in either spelling; null when it is missing or null. */
    static JsonNode value(ObjectNode node, String field) {
        JsonNode value = node.get(key(node, field));
        return value == null || value.isNull() ? null : value;
    }

    String at(String field) {
        String key = key(node, field);
        return path.isEmpty() ? key : path + "." + key;
    }

    InvalidRequest invalid(String field, String rule) {
        return new InvalidRequest(at(field), at(field) + " " + rule);
    }

    JsonNode get(String field) {
        return value(node, field);
    }

    String string(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isTextual()) {
            throw invalid(field, "must be a string");
        }
        return value == null ? null : value.textValue();
    }

    /** A string that must be there and must not be empty. */
    String name(String field) {
        String value = string(field);
        if (value == null || value.isEmpty()) {
            throw invalid(field, "is required: a string that is not empty");
        }
        return value;
    }

    Boolean bool(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isBoolean()) {
            throw invalid(field, "must be true or false");
        }
        return value == null ? null : value.booleanValue();
    }

    GeminiFields object(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isObject()) {
            throw invalid(field, "must be an object");
        }
        return value == null ? null : new GeminiFields((ObjectNode) value, at(field));
    }

    /** The objects of a list; empty when it is missing. */
    List<GeminiFields> list(String field) {
        JsonNode value = get(field);
        if (value == null) {
            return List.of();
        }
        if (value.isObject()) {
            return List.of(object(field));
        }
        if (!value.isArray()) {
            throw invalid(field, "must be an array");
        }
        List<GeminiFields> objects = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String place = at(field) + "[" + i + "]";
            if (!(value.get(i) instanceof ObjectNode object)) {
                throw new InvalidRequest(place, place + " must be an object");
            }
            objects.add(new GeminiFields(object, place));
        }
        return objects;
    }

    /** The strings of a list; one string will do. */
    List<String> strings(String field, int most) {
        JsonNode value = get(field);
        if (value == null) {
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        for (JsonNode element : value.isArray() ? value : node.arrayNode().add(value)) {
            if (!element.isTextual() || strings.size() == most) {
                throw invalid(field, "must be an array of at most " + most + " strings");
            }
            strings.add(element.textValue());
        }
        return strings;
    }

    BigDecimal number(String field, int min, int max) {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        BigDecimal number = value.isNumber() ? value.decimalValue() : null;
        if (number == null || number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw invalid(field, "must be a number from " + min + " to " + max);
        }
        return number;
    }

    /** A whole number; {@code 40.0} is one, too. */
    Integer whole(String field, int min, int max) {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        BigDecimal number = value.isNumber() ? value.decimalValue() : null;
        if (number == null || number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0
                || number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
            throw invalid(field, "must be a whole number from " + min + " to " + max);
        }
        return number.intValue();
    }
}
