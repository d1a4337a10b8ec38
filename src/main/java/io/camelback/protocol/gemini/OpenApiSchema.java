package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Turns Google's {@code SchemaMigration}, a dialect of OpenAPI's, into JSON Schema: types in lower case,
 * {@code nullable} as a type of its own, counts that were sent as strings as numbers, properties in the order
 * {@code propertyOrdering} gives them. What is JSON Schema already stays as it is.
 */
public final class OpenApiSchema {
    private static final Set<String> COUNTS =
            Set.of("minItems", "maxItems", "minProperties", "maxProperties", "minLength", "maxLength");
    private static final Set<String> DROPPED = Set.of("nullable", "propertyOrdering", "example");
    private static final Map<String, String> STANDARD = Map.of(
            "any_of",
            "anyOf",
            "min_items",
            "minItems",
            "max_items",
            "maxItems",
            "min_properties",
            "minProperties",
            "max_properties",
            "maxProperties",
            "min_length",
            "minLength",
            "max_length",
            "maxLength",
            "property_ordering",
            "propertyOrdering",
            "additional_properties",
            "additionalProperties");

    private OpenApiSchema() {}

    public static ObjectNode toJsonSchema(ObjectNode schema) {
        ObjectNode standard = Json.object();
        JsonNode ordering = null;
        for (Map.Entry<String, JsonNode> field : schema.properties()) {
            String name = STANDARD.getOrDefault(field.getKey(), field.getKey());
            ordering = name.equals("propertyOrdering") ? field.getValue() : ordering;
            if (!DROPPED.contains(name) && !field.getValue().isNull()) {
                keyword(name, field.getValue(), standard);
            }
        }
        if (standard.get("properties") instanceof ObjectNode properties && ordering != null) {
            standard.set("properties", ordered(properties, ordering));
        }
        return schema.path("nullable").asBoolean() ? nullable(standard) : standard;
    }

    private static void keyword(String name, JsonNode value, ObjectNode standard) {
        switch (name) {
            case "type" -> type(value, standard);
            case "format" -> {
                if (!value.asText().equals("enum")) {
                    standard.set(name, value);
                }
            }
            case "properties", "defs", "$defs" -> {
                ObjectNode target = standard.putObject(name.equals("defs") ? "$defs" : name);
                value.properties().forEach(entry -> target.set(entry.getKey(), any(entry.getValue())));
            }
            case "ref" -> standard.put("$ref", value.asText().replaceFirst("^#/defs/", "#/\\$defs/"));
            case "anyOf" -> {
                ArrayNode target = standard.putArray(name);
                value.forEach(element -> target.add(any(element)));
            }
            case "items", "additionalProperties" -> standard.set(name, any(value));
            default -> {
                boolean count = COUNTS.contains(name)
                        && value.isTextual()
                        && value.textValue().matches("\\d{1,9}");
                standard.set(name, count ? Json.of(Integer.valueOf(value.textValue())) : value);
            }
        }
    }

    private static JsonNode any(JsonNode schema) {
        return schema instanceof ObjectNode object ? toJsonSchema(object) : schema;
    }

    private static void type(JsonNode value, ObjectNode standard) {
        if (value.isTextual()) {
            String type = value.textValue().toLowerCase(Locale.ROOT);
            if (!type.equals("type_unspecified")) {
                standard.put("type", type);
            }
        } else if (value.isArray()) {
            ArrayNode types = standard.putArray("type");
            value.forEach(type -> types.add(type.asText().toLowerCase(Locale.ROOT)));
        } else {
            standard.set("type", value);
        }
    }

    private static ObjectNode ordered(ObjectNode properties, JsonNode ordering) {
        ObjectNode ordered = Json.object();
        for (JsonNode name : ordering) {
            if (properties.has(name.asText())) {
                ordered.set(name.asText(), properties.get(name.asText()));
            }
        }
        properties.properties().forEach(entry -> ordered.putIfAbsent(entry.getKey(), entry.getValue()));
        return ordered;
    }

    private static ObjectNode nullable(ObjectNode standard) {
        if (standard.path("type").isTextual()) {
            String type = standard.get("type").textValue();
            standard.putArray("type").add(type).add("null");
        } else if (standard.get("anyOf") instanceof ArrayNode choices) {
            choices.addObject().put("type", "null");
        }
        if (standard.get("enum") instanceof ArrayNode values) {
            standard.set("enum", values.arrayNode().addAll(values).addNull());
        }
        return standard;
    }
}
