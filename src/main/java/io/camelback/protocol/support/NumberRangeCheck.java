package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.protocol.InvalidRequestException;
import java.math.BigDecimal;

/**
 * Refuses numbers beyond any double, such as 1e400, wherever they stand: no provider reads them and writing them is
 * costly.
 */
public final class NumberRangeCheck {
    private static final BigDecimal MOST = BigDecimal.valueOf(Double.MAX_VALUE);
    private static final int SMALLEST_SCALE = 400;

    private NumberRangeCheck() {}

    /** @throws InvalidRequestException naming the path of the first number that is out of range */
    static void require(ObjectNode body) {
        find(body, "");
    }

    /** Whether a number is one that arithmetic can be done with. @param value no object and no array */
    public static boolean isPlain(JsonNode value) {
        if (!value.isBigDecimal() && !value.isBigInteger()) {
            return true;
        }
        BigDecimal number = value.decimalValue();
        return number.abs().compareTo(MOST) <= 0 && number.scale() <= SMALLEST_SCALE;
    }

    private static void find(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(field ->
                            find(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey()));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                find(array.get(i), path + "[" + i + "]");
            }
        } else if (!isPlain(node)) {
            throw new InvalidRequestException(path, path + " is a number out of range");
        }
    }
}
