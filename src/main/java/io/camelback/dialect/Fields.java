package io.camelback.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Effort;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The fields of one object of a caller's request, read strictly: what is there must be of the right type and in range, and
 * the error names its path. A field that is null counts as missing, as OpenAI takes it.
 */
public record Fields(ObjectNode node, String path) {

    /** The path of a field of this object. */
    public String at(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** @param rule what the field must be, to follow its path */
    public InvalidRequest invalid(String field, String rule) {
        return new InvalidRequest(at(field), at(field) + " " + rule);
    }

    /** Null when it is missing. */
    public JsonNode get(String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** Null when it is missing. */
    public String string(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isTextual()) {
            throw invalid(field, "must be a string");
        }
        return value == null ? null : value.textValue();
    }

    /** A string that must be there and must not be empty. */
    public String name(String field) {
        String value = string(field);
        if (value == null || value.isEmpty()) {
            throw invalid(field, "is required: a string that is not empty");
        }
        return value;
    }

    /** Null when it is missing. */
    public Boolean bool(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isBoolean()) {
            throw invalid(field, "must be true or false");
        }
        return value == null ? null : value.booleanValue();
    }

    /** Null when it is missing. */
    public Fields object(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isObject()) {
            throw invalid(field, "must be an object");
        }
        return value == null ? null : new Fields((ObjectNode) value, at(field));
    }

    /** Null when it is missing. */
    public ArrayNode array(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isArray()) {
            throw invalid(field, "must be an array");
        }
        return (ArrayNode) value;
    }

    /** An element of an array that must be an object. */
    public Fields element(String field, int index) {
        String place = field + "[" + index + "]";
        if (node.get(field).get(index) instanceof ObjectNode object) {
            return new Fields(object, at(place));
        }
        throw invalid(place, "must be an object");
    }

    /** Null when it is missing. The bounds belong to the range. */
    public BigDecimal number(String field, int min, int max) {
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

    /** A whole number; {@code 16.0} is one, too. Compared before it is converted, because 1e400000000 must not be spelled out. */
    public Long whole(String field, long min, long max) {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        BigDecimal number = value.isNumber() ? value.decimalValue() : null;
        if (number == null || number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0
                || number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
            throw invalid(field, "must be a whole number from " + min + " to " + max);
        }
        return number.longValue();
    }

    /** The name the caller asks for. */
    public String model() {
        String model = string("model");
        if (model == null || model.isBlank()) {
            throw invalid("model", "is required: auto, or the name of a chain, a deployment or an alias");
        }
        return model;
    }

    /** A level of effort by OpenAI's words for them; null when it is missing. */
    public Effort effort(String field) {
        String said = string(field);
        List<String> words = Arrays.stream(Effort.values()).map(level -> level.name().toLowerCase(Locale.ROOT)).toList();
        if (said != null && !words.contains(said)) {
            throw invalid(field, "must be one of " + String.join(", ", words));
        }
        return said == null ? null : Effort.values()[words.indexOf(said)];
    }
}
