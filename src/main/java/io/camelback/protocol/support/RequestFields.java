package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.protocol.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The fields of one object of a caller's request, read strictly: what is there must be of the right type and in range,
 * and the error names its path, which is spelled only then. A field that is null counts as missing, as OpenAI takes it.
 */
public class RequestFields {
    /** OpenAI's words, in the order of {@link Effort}. */
    private static final List<String> EFFORTS = Arrays.stream(Effort.values())
            .map(level -> level.name().toLowerCase(Locale.ROOT))
            .toList();
    /** The place of an object that is no element of an array. */
    private static final int ALONE = -1;

    private final ObjectNode node;
    private final RequestFields holder;
    private final String place;
    private final int index;

    /** @param path of the object, empty for the body itself */
    public RequestFields(ObjectNode node, String path) {
        this(node, null, path, ALONE);
    }

    /**
     * The fields of an object within this one.
     *
     * @param holder what it stands in; null for none
     * @param place the field it stands in
     * @param index its number there; negative when the field is no array
     */
    protected RequestFields(ObjectNode node, RequestFields holder, String place, int index) {
        this.node = node;
        this.holder = holder;
        this.place = place;
        this.index = index;
    }

    public ObjectNode node() {
        return node;
    }

    /** Empty for the body itself. */
    public String path() {
        String named = holder == null ? place : holder.at(place);
        return index < 0 ? named : named + "[" + index + "]";
    }

    /** The path of a field of this object. */
    public String at(String field) {
        String path = path();
        return path.isEmpty() ? key(field) : path + "." + key(field);
    }

    /** The spelling of a field that this object uses. */
    protected String key(String field) {
        return field;
    }

    /** An object within this one. @param number in the field's array; negative when it is none */
    protected RequestFields inner(ObjectNode object, String field, int number) {
        return new RequestFields(object, this, field, number);
    }

    /** @param rule what the field must be, to follow its path */
    public InvalidRequestException invalid(String field, String rule) {
        return new InvalidRequestException(at(field), at(field) + " " + rule);
    }

    /** Null when it is missing. */
    public JsonNode get(String field) {
        JsonNode value = node.get(key(field));
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
    public RequestFields object(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isObject()) {
            throw invalid(field, "must be an object");
        }
        return value == null ? null : inner((ObjectNode) value, field, ALONE);
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
    public RequestFields element(String field, int number) {
        if (get(field).get(number) instanceof ObjectNode object) {
            return inner(object, field, number);
        }
        String element = at(field) + "[" + number + "]";
        throw new InvalidRequestException(element, element + " must be an object");
    }

    /** Null when it is missing. The bounds belong to the range. */
    public BigDecimal number(String field, int min, int max) {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        BigDecimal number = value.isNumber() ? value.decimalValue() : null;
        if (number == null
                || number.compareTo(BigDecimal.valueOf(min)) < 0
                || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw invalid(field, "must be a number from " + min + " to " + max);
        }
        return number;
    }

    /**
     * A whole number; {@code 16.0} is one, too. Compared before it is converted, because 1e400000000 must not be
     * spelled out.
     */
    public Long whole(String field, long min, long max) {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        BigDecimal number = value.isNumber() ? value.decimalValue() : null;
        if (number == null
                || number.compareTo(BigDecimal.valueOf(min)) < 0
                || number.compareTo(BigDecimal.valueOf(max)) > 0
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
        if (said != null && !EFFORTS.contains(said)) {
            throw invalid(field, "must be one of " + String.join(", ", EFFORTS));
        }
        return said == null ? null : Effort.values()[EFFORTS.indexOf(said)];
    }
}
