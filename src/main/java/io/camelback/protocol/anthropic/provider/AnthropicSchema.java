package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON schema said in the part of JSON Schema that Anthropic's constrained decoding knows (docs/wire-formats.md 1.5).
 * What it does not know, such as {@code minimum}, goes into the description, where the model still reads it. Used once.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/structured-outputs">Structured outputs</a>
 */
final class AnthropicSchema {
    private static final Set<String> KEPT = Set.of("type", "title", "description", "enum", "const", "required");
    private static final Set<String> DROPPED = Set.of("$schema", "$id", "$comment", "additionalProperties");
    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid");
    private static final String ROOT = "#";

    private final Map<String, Set<String>> references = new HashMap<>();
    private String definition = ROOT;
    private boolean expressible = true;

    private AnthropicSchema() {}

    /**
     * A copy that may be sent; empty when only another schema could be: maps with free keys would be closed to
     * {@code {}}, and recursion is refused.
     */
    static Optional<ObjectNode> adapt(ObjectNode schema) {
        AnthropicSchema walk = new AnthropicSchema();
        ObjectNode adapted = walk.adapted(schema);
        return walk.expressible && !walk.isRecursive() ? Optional.of(adapted) : Optional.empty();
    }

    private ObjectNode adapted(ObjectNode schema) {
        ObjectNode result = Json.object();
        String reference = Json.string(schema, "$ref");
        if (reference != null) {
            refer(reference);
            copyDefinitions(schema, result);
            return result.put("$ref", reference);
        }
        List<String> hints = new ArrayList<>();
        schema.properties().forEach(field -> {
            if (!write(field.getKey(), field.getValue(), schema, result)) {
                hints.add(field.getKey() + ": " + Json.text(field.getValue()));
            }
        });
        if (isObject(schema)) {
            expressible &= !hasFreeKeys(schema);
            result.put("additionalProperties", false);
        }
        if (!hints.isEmpty()) {
            String description = Json.string(schema, "description");
            result.put(
                    "description",
                    (description == null ? "" : description + "\n\n") + "{" + String.join(", ", hints) + "}");
        }
        return result;
    }

    /** @return false for what is not known */
    private boolean write(String keyword, JsonNode value, ObjectNode schema, ObjectNode result) {
        JsonNode written = switch (keyword) {
            case "properties" -> value instanceof ObjectNode schemas ? each(schemas) : null;
            case "$defs", "definitions" -> value instanceof ObjectNode schemas ? definitions(keyword, schemas) : null;
            case "anyOf", "allOf" -> value instanceof ArrayNode schemas ? each(schemas) : null;
            case "oneOf" -> value instanceof ArrayNode schemas && !schema.has("anyOf") ? each(schemas) : null;
            case "items" -> value instanceof ObjectNode items ? adapted(items) : null;
            default -> isKept(keyword, value) ? value : null;
        };
        if (written != null) {
            result.set(keyword.equals("oneOf") ? "anyOf" : keyword, written);
        }
        return written != null || DROPPED.contains(keyword);
    }

    private static boolean isKept(String keyword, JsonNode value) {
        return switch (keyword) {
            case "format" -> FORMATS.contains(value.asText());
            case "minItems" -> value.isNumber() && value.asLong() <= 1;
            default -> KEPT.contains(keyword);
        };
    }

    private JsonNode any(JsonNode schema) {
        return schema instanceof ObjectNode object ? adapted(object) : schema;
    }

    private ArrayNode each(ArrayNode schemas) {
        ArrayNode result = Json.object().arrayNode();
        schemas.forEach(schema -> result.add(any(schema)));
        return result;
    }

    private ObjectNode each(ObjectNode schemas) {
        ObjectNode result = Json.object();
        schemas.properties().forEach(field -> result.set(field.getKey(), any(field.getValue())));
        return result;
    }

    private void copyDefinitions(ObjectNode schema, ObjectNode result) {
        for (String keyword : List.of("$defs", "definitions")) {
            if (schema.get(keyword) instanceof ObjectNode definitions) {
                result.set(keyword, definitions(keyword, definitions));
            }
        }
    }

    private ObjectNode definitions(String keyword, ObjectNode definitions) {
        ObjectNode result = Json.object();
        String outer = definition;
        definitions.properties().forEach(field -> {
            definition = "#/" + keyword + "/" + field.getKey();
            result.set(field.getKey(), any(field.getValue()));
        });
        definition = outer;
        return result;
    }

    private void refer(String target) {
        expressible &= target.startsWith("#/$defs/") || target.startsWith("#/definitions/");
        references.computeIfAbsent(definition, from -> new HashSet<>()).add(target);
    }

    /** Takes away what leads nowhere until nothing is left, or only circles. */
    private boolean isRecursive() {
        Map<String, Set<String>> left = new HashMap<>(references);
        boolean changed = true;
        while (changed) {
            changed = left.values().removeIf(targets -> targets.stream().noneMatch(left::containsKey));
        }
        return !left.isEmpty();
    }

    private static boolean isObject(ObjectNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (one.asText().equals("object")) {
                    return true;
                }
            }
        }
        return type.asText().equals("object") || schema.has("properties");
    }

    private static boolean hasFreeKeys(ObjectNode schema) {
        JsonNode others = schema.path("additionalProperties");
        boolean anything = others.isBoolean() && others.booleanValue() || others.isObject() && others.isEmpty();
        return schema.has("patternProperties")
                || others.isObject() && !others.isEmpty()
                || anything && schema.path("properties").isEmpty();
    }
}
