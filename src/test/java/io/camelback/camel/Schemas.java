package io.camelback.camel;

import java.util.List;
import java.util.Map;

/** What the talks ask for, as JSON Schema. */
final class Schemas {
    /** The arguments of the tool {@link Sdk#TOOL}. */
    static final Map<String, Object> PLACE = object(Map.of("city", Map.of("type", "string")), "city");

    /** The answer with {@link Talk.Wish#JSON}. */
    static final Map<String, Object> REPORT =
            object(Map.of("city", Map.of("type", "string"), "degrees", Map.of("type", "integer")), "city", "degrees");

    private Schemas() { }

    private static Map<String, Object> object(Map<String, Object> properties, String... required) {
        return Map.of("type", "object", "properties", properties, "required", List.of(required), "additionalProperties", false);
    }
}
