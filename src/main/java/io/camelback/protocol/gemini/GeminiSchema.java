package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.support.ToolSchemaAdapter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A copy of a JSON Schema with only the keywords that Gemini takes (docs/wire-formats.md 1.5); any other is answered
 * with 400. What is dropped makes the schema wider, never narrower, except that an enum loses its {@code null} and
 * {@code ""}: Gemini refuses them.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#generationconfig">responseJsonSchema</a>
 */
final class GeminiSchema {
    private static final Set<String> PLAIN = Set.of(
            "$id",
            "$anchor",
            "type",
            "title",
            "description",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "propertyOrdering");
    private static final Set<String> FORMATS = Set.of("date-time", "date", "time", "int32", "int64", "float", "double");

    private static final Set<ToolSchemaAdapter.Rule> MODERN = Set.of(ToolSchemaAdapter.Rule.MODERN);
    private static final Set<ToolSchemaAdapter.Rule> MERGED =
            Set.of(ToolSchemaAdapter.Rule.MODERN, ToolSchemaAdapter.Rule.PLAIN_ROOT);

    private GeminiSchema() {}

    /** A tool's parameters; null when it has none, as Gemini wants the field left out then. */
    static ObjectNode parameters(ObjectNode schema) {
        ObjectNode adapted = adapt(ToolSchemaAdapter.fit(schema, needsRoot(schema) ? MERGED : MODERN));
        boolean arguments = adapted.has("properties")
                || adapted.has("$ref")
                || adapted.has("anyOf")
                || adapted.has("oneOf")
                || adapted.path("additionalProperties").isObject();
        if (!arguments) {
            return null;
        }
        return adapted.has("properties") && !adapted.has("type") ? adapted.put("type", "object") : adapted;
    }

    /** Whether the branches of a root say nothing that Gemini reads: they only tell which properties go together. */
    private static boolean needsRoot(ObjectNode schema) {
        for (String word : List.of("anyOf", "oneOf")) {
            for (JsonNode branch : schema.path(word)) {
                if (!branch.has("properties") && !branch.has("$ref") && !branch.has("type")) {
                    return true;
                }
            }
        }
        return false;
    }

    static ObjectNode adapt(ObjectNode schema) {
        ObjectNode source = GeminiAllOfMerger.merged(schema);
        ObjectNode adapted = Json.object();
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            keyword(field.getKey(), field.getValue(), adapted);
        }
        literal(source, adapted);
        if (source.path("nullable").asBoolean() && adapted.path("type").isTextual()) {
            String type = adapted.get("type").textValue();
            adapted.putArray("type").add(type).add("null");
        }
        required(source.path("required"), adapted);
        return adapted.has("$ref") ? reference(adapted) : adapted;
    }

    private static void keyword(String name, JsonNode value, ObjectNode adapted) {
        switch (name) {
            case "properties" -> named(value, adapted, name);
            case "$defs", "definitions" -> named(value, adapted, "$defs");
            case "items" -> {
                if (value.isArray()) {
                    list(value, adapted, "prefixItems");
                } else if (value.isObject()) {
                    adapted.set(name, any(value));
                }
            }
            case "additionalProperties" -> {
                if (value.isObject() || value.isBoolean()) {
                    adapted.set(name, value.isObject() ? any(value) : value);
                }
            }
            case "anyOf", "oneOf", "prefixItems" -> list(value, adapted, name);
            case "$ref" -> adapted.put(name, value.asText().replaceFirst("^#/definitions/", "#/\\$defs/"));
            case "format" -> {
                if (FORMATS.contains(value.asText())) {
                    adapted.set(name, value);
                }
            }
            default -> {
                if (PLAIN.contains(name)) {
                    adapted.set(name, value.deepCopy());
                }
            }
        }
    }

    private static ObjectNode any(JsonNode schema) {
        return schema instanceof ObjectNode object ? adapt(object) : Json.object();
    }

    private static void named(JsonNode schemas, ObjectNode adapted, String name) {
        if (schemas.isObject() && !schemas.isEmpty()) {
            ObjectNode target = adapted.withObjectProperty(name);
            schemas.properties().forEach(entry -> target.set(entry.getKey(), any(entry.getValue())));
        }
    }

    private static void list(JsonNode schemas, ObjectNode adapted, String name) {
        if (schemas.isArray() && !schemas.isEmpty()) {
            ArrayNode target = adapted.putArray(name);
            schemas.forEach(schema -> target.add(any(schema)));
        }
    }

    /** {@code const} and {@code enum}: only strings and numbers can be listed. */
    private static void literal(ObjectNode source, ObjectNode adapted) {
        JsonNode constant = source.get("const");
        if (constant == null && !source.path("enum").isArray()) {
            return;
        }
        ArrayNode values = adapted.arrayNode();
        for (JsonNode value :
                constant == null ? source.get("enum") : adapted.arrayNode().add(constant)) {
            if (value.isTextual() ? !value.textValue().isEmpty() : !value.isNull()) {
                values.add(value);
            }
        }
        boolean listable = !values.isEmpty();
        for (JsonNode value : values) {
            listable &= value.isTextual() || value.isNumber();
        }
        if (listable) {
            adapted.set("enum", values);
        }
        if (constant != null && !constant.isContainerNode() && !adapted.has("type")) {
            adapted.put("type", constant.getNodeType().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Gemini refuses a required property that is not described. */
    private static void required(JsonNode wanted, ObjectNode adapted) {
        if (!(wanted instanceof ArrayNode)) {
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : wanted) {
            if (adapted.path("properties").has(name.asText())) {
                names.add(name.asText());
            }
        }
        if (!names.isEmpty()) {
            names.forEach(adapted.putArray("required")::add);
        }
    }

    /** Beside a reference Gemini takes only other {@code $} keywords. */
    private static ObjectNode reference(ObjectNode adapted) {
        ObjectNode reference = Json.object();
        for (Map.Entry<String, JsonNode> field : adapted.properties()) {
            if (field.getKey().startsWith("$")) {
                reference.set(field.getKey(), field.getValue());
            }
        }
        return reference;
    }
}
