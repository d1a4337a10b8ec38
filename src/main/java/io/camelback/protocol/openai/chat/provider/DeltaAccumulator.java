package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object that grows by deltas, whatever its fields are: text is appended, objects and arrays grow, other values
 * are replaced (as {@code accumulate_delta} of openai-python does). Words that name a thing are sent whole and stay as
 * they are.
 */
final class DeltaAccumulator {
    private static final Set<String> WHOLE = Set.of("id", "type", "role", "name", "format", "signature");
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Elements with an {@code index} grow; pieces of text that follow each other are joined; all else is added. */
    private static final class Elements {
        private final List<Object> elements = new ArrayList<>();

        private void addAll(JsonNode array) {
            array.forEach(this::add);
        }

        private void add(JsonNode element) {
            if (!(element instanceof ObjectNode object)) {
                elements.add(element);
                return;
            }
            DeltaAccumulator known = object.path("index").isInt() ? at(object.get("index")) : null;
            Object last = elements.isEmpty() ? null : elements.get(elements.size() - 1);
            if (known != null) {
                known.append(object);
            } else if (last instanceof DeltaAccumulator merged && merged.isText(object)) {
                merged.append(object);
            } else {
                elements.add(new DeltaAccumulator().append(object));
            }
        }

        private DeltaAccumulator at(JsonNode index) {
            for (Object element : elements) {
                if (element instanceof DeltaAccumulator merged && index.equals(merged.fields.get("index"))) {
                    return merged;
                }
            }
            return null;
        }
    }

    DeltaAccumulator append(ObjectNode delta) {
        delta.properties().forEach(field -> append(field.getKey(), field.getValue()));
        return this;
    }

    private void append(String key, JsonNode value) {
        Object have = fields.get(key);
        if (value.isNull()) {
            fields.putIfAbsent(key, value);
        } else if (have instanceof StringBuilder text && value.isTextual()) {
            if (!WHOLE.contains(key) || text.isEmpty()) {
                text.append(value.textValue());
            }
        } else if (have instanceof DeltaAccumulator merged && value instanceof ObjectNode object) {
            merged.append(object);
        } else if (have instanceof Elements elements && value.isArray()) {
            elements.addAll(value);
        } else if (have instanceof Elements elements && value.isTextual()) {
            elements.add(textPart(value.textValue()));
        } else if (have instanceof StringBuilder text && value.isArray() && !text.isEmpty()) {
            Elements elements = new Elements();
            elements.add(textPart(text.toString()));
            elements.addAll(value);
            fields.put(key, elements);
        } else {
            fields.put(key, begin(value));
        }
    }

    private static Object begin(JsonNode value) {
        if (value.isTextual()) {
            return new StringBuilder(value.textValue());
        }
        if (value instanceof ObjectNode object) {
            return new DeltaAccumulator().append(object);
        }
        if (value.isArray()) {
            Elements elements = new Elements();
            elements.addAll(value);
            return elements;
        }
        return value;
    }

    private static ObjectNode textPart(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    /** Mistral streams its content as arrays of text and thinking parts, a word in each. */
    private boolean isText(ObjectNode next) {
        String type = next.path("type").asText();
        return (type.equals("text") || type.equals("thinking"))
                && fields.get("type") instanceof StringBuilder have
                && have.toString().equals(type);
    }

    ObjectNode toJson() {
        ObjectNode node = Json.object();
        fields.forEach((key, value) -> node.set(key, toJson(value)));
        return node;
    }

    private static JsonNode toJson(Object value) {
        if (value instanceof DeltaAccumulator merged) {
            return merged.toJson();
        }
        if (value instanceof Elements list) {
            ArrayNode array = JsonNodes.array();
            list.elements.forEach(element -> array.add(toJson(element)));
            return array;
        }
        return value instanceof StringBuilder text ? Json.of(text.toString()) : (JsonNode) value;
    }
}
