package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * JSON as text that is the same for values that mean the same: fields in order of their names, 1.0 as 1.0 and not as 1.
 */
public final class JsonMeaning {
    private JsonMeaning() {}

    public static String of(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
            List<String> written = new ArrayList<>();
            fields.forEach((name, value) -> written.add("\"" + name + "\":" + value));
            return "{" + String.join(",", written) + "}";
        }
        if (node.isArray()) {
            List<String> written = new ArrayList<>();
            node.forEach(element -> written.add(of(element)));
            return "[" + String.join(",", written) + "]";
        }
        return Json.text(node);
    }
}
