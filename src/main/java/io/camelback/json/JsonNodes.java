package io.camelback.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Small operations on JSON trees. Nothing here changes a node it was given: what differs is a new node. */
public final class JsonNodes {
    private JsonNodes() {}

    /** A new object with the same fields. */
    public static ObjectNode copy(ObjectNode node) {
        ObjectNode copy = Json.object();
        copy.setAll(node);
        return copy;
    }

    /** The object with one field replaced in its place, or added at the end. */
    public static ObjectNode with(ObjectNode node, String field, JsonNode value) {
        ObjectNode copy = copy(node);
        copy.set(field, value);
        return copy;
    }

    /** The object with one field replaced by a text. */
    public static ObjectNode with(ObjectNode node, String field, String value) {
        return with(node, field, Json.of(value));
    }

    /** The object without these fields; the same object when it has none of them. */
    public static ObjectNode without(ObjectNode node, String... fields) {
        ObjectNode result = node;
        for (String field : fields) {
            if (result.has(field)) {
                result = result == node ? copy(node) : result;
                result.remove(field);
            }
        }
        return result;
    }

    /** The object without the fields of which this is true; the same object when it has none of them. */
    public static ObjectNode without(ObjectNode node, BiPredicate<String, JsonNode> which) {
        List<String> gone = new ArrayList<>();
        node.properties().forEach(field -> {
            if (which.test(field.getKey(), field.getValue())) {
                gone.add(field.getKey());
            }
        });
        return gone.isEmpty() ? node : copy(node).remove(gone);
    }

    /** The object without the fields that are null; the same object when it has none of them. */
    public static ObjectNode withoutNulls(ObjectNode node) {
        return without(node, (name, value) -> value.isNull());
    }

    /**
     * The array with every object mapped; the same array when nothing changed. A null result leaves the element out.
     */
    public static ArrayNode map(ArrayNode array, Function<ObjectNode, ? extends JsonNode> change) {
        ArrayNode result = array();
        boolean changed = false;
        for (JsonNode element : array) {
            JsonNode mapped = element instanceof ObjectNode object ? change.apply(object) : element;
            changed |= mapped != element;
            if (mapped != null) {
                result.add(mapped);
            }
        }
        return changed ? result : array;
    }

    /** The object with every object in one of its arrays mapped; the same object when nothing changed. */
    public static ObjectNode mapArray(ObjectNode owner, String field, Function<ObjectNode, ? extends JsonNode> change) {
        if (!(owner.get(field) instanceof ArrayNode array)) {
            return owner;
        }
        ArrayNode changed = map(array, change);
        return changed == array ? owner : with(owner, field, changed);
    }

    /** The object with one of its objects mapped; the same object when nothing changed. */
    public static ObjectNode mapObject(
            ObjectNode owner, String field, Function<ObjectNode, ? extends JsonNode> change) {
        if (!(owner.get(field) instanceof ObjectNode inner)) {
            return owner;
        }
        JsonNode changed = change.apply(inner);
        return changed == inner ? owner : with(owner, field, changed);
    }

    /** A new array. */
    public static ArrayNode array() {
        return Json.array();
    }

    /** Whether the field is there and not null. */
    public static boolean has(JsonNode node, String field) {
        return node.hasNonNull(field);
    }

    /** A string that is not empty; null otherwise. */
    public static String text(JsonNode node, String field) {
        String text = Json.string(node, field);
        return text == null || text.isEmpty() ? null : text;
    }

    /** A small whole number, which some servers send as a string; null when it is neither. */
    public static Integer index(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isInt() && value.intValue() >= 0) {
            return value.intValue();
        }
        return value.isTextual() && value.textValue().matches("\\d{1,4}") ? Integer.valueOf(value.textValue()) : null;
    }

    /** A value that should be JSON text but is sent as JSON itself by some servers; empty when there is none. */
    public static String jsonText(JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return "";
        }
        return value.isTextual() ? value.textValue() : Json.text(value);
    }
}
