package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.Map;

/**
 * Merges {@code allOf}, which Gemini does not take, into the schema it stands in: properties and required names are
 * united, of any other keyword the outer or earlier one stays. Beside other elements a reference cannot be merged and
 * is left out.
 */
final class GeminiAllOfMerger {
    private GeminiAllOfMerger() {}

    /** A new schema, or the same when there is nothing to merge. */
    static ObjectNode merged(ObjectNode schema) {
        JsonNode elements = schema.get("allOf");
        if (elements == null || !elements.isArray()) {
            return schema;
        }
        ObjectNode merged = Json.object();
        merged.setAll(schema);
        merged.remove("allOf");
        for (JsonNode element : elements) {
            if (element instanceof ObjectNode object && (elements.size() == 1 || !object.has("$ref"))) {
                merge(merged(object), merged);
            }
        }
        return merged;
    }

    private static void merge(ObjectNode element, ObjectNode merged) {
        for (Map.Entry<String, JsonNode> field : element.properties()) {
            JsonNode present = merged.get(field.getKey());
            if (present == null) {
                merged.set(field.getKey(), field.getValue());
            } else if (field.getKey().equals("properties") && present.isObject()) {
                merged.set("properties", united((ObjectNode) present, field.getValue()));
            } else if (field.getKey().equals("required") && present.isArray()) {
                merged.set("required", joined((ArrayNode) present, field.getValue()));
            }
        }
    }

    private static ObjectNode united(ObjectNode present, JsonNode more) {
        ObjectNode united = Json.object();
        united.setAll(present);
        more.properties().forEach(entry -> united.putIfAbsent(entry.getKey(), entry.getValue()));
        return united;
    }

    private static ArrayNode joined(ArrayNode present, JsonNode more) {
        ArrayNode joined = present.arrayNode().addAll(present);
        more.forEach(joined::add);
        return joined;
    }
}
