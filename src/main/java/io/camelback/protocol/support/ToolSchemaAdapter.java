package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The schema of a tool's parameters, said so that a provider takes it: what one maker accepts another answers with 400,
 * for the whole request. The caller's schema is left alone; one that needs nothing is given back as it is.
 */
public final class ToolSchemaAdapter {
    /** What a provider wants of a schema. */
    public enum Rule {
        /**
         * One object at the root, without combinators.
         *
         * @see <a href="https://github.com/langchain-ai/langchain/issues/39271">Anthropic and OpenAI refuse others</a>
         */
        PLAIN_ROOT,
        /**
         * An object at the root has properties.
         *
         * @see <a href="https://github.com/github/copilot-cli/issues/2223">OpenAI refuses others</a>
         */
        ROOT_PROPERTIES,
        /**
         * An array says what it holds.
         *
         * @see <a href="https://github.com/digitalocean-labs/mcp-digitalocean/issues/265">OpenAI refuses others</a>
         */
        ARRAY_ITEMS,
        /**
         * Types and bounds of JSON Schema 2020-12.
         *
         * @see <a href="https://github.com/blurrah/mcp-graphql/issues/14">Anthropic and OpenAI refuse others</a>
         */
        MODERN
    }

    private static final String TYPE = "type";
    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    private static final String OBJECT = "object";
    private static final Set<String> SCHEMA_MAPS =
            Set.of(PROPERTIES, "$defs", "definitions", "patternProperties", "dependentSchemas");
    private static final Set<String> SCHEMAS = Set.of(
            "items",
            "additionalProperties",
            "not",
            "contains",
            "propertyNames",
            "if",
            "then",
            "else",
            "anyOf",
            "oneOf",
            "allOf",
            "prefixItems");
    private static final Set<String> CHOICES = Set.of("anyOf", "oneOf", "allOf", "prefixItems");
    /** Keywords whose value may be anything. */
    private static final Set<String> VALUES = Set.of("default", "const", "example", "examples");

    private static final Set<String> TYPES = Set.of("string", "number", "integer", "boolean", "array", OBJECT, "null");
    /** What programming languages call them. */
    private static final Map<String, String> FOREIGN_TYPES = Map.ofEntries(
            Map.entry("str", "string"),
            Map.entry("text", "string"),
            Map.entry("int", "integer"),
            Map.entry("long", "integer"),
            Map.entry("float", "number"),
            Map.entry("double", "number"),
            Map.entry("decimal", "number"),
            Map.entry("bool", "boolean"),
            Map.entry("list", "array"),
            Map.entry("tuple", "array"),
            Map.entry("dict", OBJECT),
            Map.entry("map", OBJECT));

    private ToolSchemaAdapter() {}

    public static ObjectNode fit(ObjectNode schema, Set<Rule> rules) {
        ObjectNode fitted = schema;
        if (rules.contains(Rule.MODERN)) {
            fitted = each(each(fitted, ToolSchemaAdapter::modern), ToolSchemaAdapter::withoutFlag);
        }
        if (rules.contains(Rule.PLAIN_ROOT)) {
            fitted = SchemaRootMerger.merged(fitted);
        }
        if (rules.contains(Rule.ROOT_PROPERTIES)
                && fitted.path(TYPE).asText(OBJECT).equals(OBJECT)
                && !fitted.path(PROPERTIES).isObject()
                && !fitted.has("$ref")) {
            fitted = JsonNodes.with(JsonNodes.with(fitted, TYPE, OBJECT), PROPERTIES, Json.object());
        }
        if (rules.contains(Rule.ARRAY_ITEMS)) {
            fitted = each(fitted, ToolSchemaAdapter::withItems);
        }
        return fitted.equals(schema) ? schema : fitted;
    }

    /** A schema and all within it, changed. */
    private static ObjectNode each(ObjectNode schema, UnaryOperator<ObjectNode> change) {
        ObjectNode result = Json.object();
        schema.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (SCHEMA_MAPS.contains(field.getKey()) && value.isObject()) {
                ObjectNode map = result.putObject(field.getKey());
                value.properties().forEach(entry -> map.set(entry.getKey(), any(entry.getValue(), change)));
            } else if (SCHEMAS.contains(field.getKey())) {
                result.set(field.getKey(), any(value, change));
            } else {
                result.set(field.getKey(), value);
            }
        });
        return change.apply(result);
    }

    private static JsonNode any(JsonNode schema, UnaryOperator<ObjectNode> change) {
        if (schema instanceof ArrayNode list) {
            ArrayNode result = JsonNodes.array();
            list.forEach(one -> result.add(any(one, change)));
            return result;
        }
        return schema instanceof ObjectNode object ? each(object, change) : schema;
    }

    /** @param schema one of its own, that may be changed */
    private static ObjectNode withItems(ObjectNode schema) {
        boolean array = schema.path(TYPE).asText().equals("array");
        for (JsonNode one : schema.path(TYPE)) {
            array |= one.asText().equals("array");
        }
        if (array && !JsonNodes.has(schema, "items") && !schema.has("prefixItems")) {
            schema.putObject("items");
        }
        return schema;
    }

    /** @param schema one of its own, that may be changed */
    private static ObjectNode modern(ObjectNode schema) {
        schema.remove(nonsense(schema));
        if (schema.get("items") instanceof ArrayNode tuple) {
            schema.remove("items");
            if (!tuple.isEmpty()) {
                schema.set("prefixItems", tuple);
            }
        }
        modernType(schema);
        modernBound(schema, "exclusiveMinimum", "minimum");
        modernBound(schema, "exclusiveMaximum", "maximum");
        modernRequired(schema);
        return schema;
    }

    /** Keywords that say nothing: null where that is no value, lists of no schema, and maps that are none. */
    private static List<String> nonsense(ObjectNode schema) {
        List<String> nonsense = new ArrayList<>();
        schema.properties().forEach(field -> {
            String keyword = field.getKey();
            JsonNode value = field.getValue();
            boolean nothing = value.isNull() && !VALUES.contains(keyword);
            boolean none = CHOICES.contains(keyword) && value.isEmpty();
            boolean map = SCHEMA_MAPS.contains(keyword) && !value.isObject();
            if (nothing || none || map) {
                nonsense.add(keyword);
            }
        });
        return nonsense;
    }

    /** In the third draft a property said of itself that it is required. */
    private static void modernRequired(ObjectNode schema) {
        Set<String> required = new LinkedHashSet<>();
        for (JsonNode name : schema.path(REQUIRED)) {
            if (name.isTextual()) {
                required.add(name.textValue());
            }
        }
        schema.path(PROPERTIES).properties().forEach(property -> {
            if (property.getValue().path(REQUIRED).asBoolean()) {
                required.add(property.getKey());
            }
        });
        if (!required.isEmpty()) {
            required.forEach(schema.putArray(REQUIRED)::add);
        }
    }

    /** Once those around it have read it. */
    private static ObjectNode withoutFlag(ObjectNode schema) {
        return schema.has(REQUIRED) && !schema.get(REQUIRED).isArray() ? schema.without(REQUIRED) : schema;
    }

    private static void modernType(ObjectNode schema) {
        JsonNode type = schema.path(TYPE);
        if (type.isTextual()) {
            String known = known(type.textValue());
            if (known == null) {
                schema.remove(TYPE);
            } else {
                schema.put(TYPE, known);
            }
        } else if (type.isArray()) {
            Set<String> known = new LinkedHashSet<>();
            type.forEach(one -> known.add(known(one.asText())));
            if (known.isEmpty() || known.contains(null)) {
                schema.remove(TYPE);
            } else {
                known.forEach(schema.putArray(TYPE)::add);
            }
        } else {
            schema.remove(TYPE);
        }
    }

    /** Null for a word that allows anything, or nothing that JSON has. */
    private static String known(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return TYPES.contains(lower) ? lower : FOREIGN_TYPES.get(lower);
    }

    /** In draft 4 the bound was a word beside the limit. */
    private static void modernBound(ObjectNode schema, String bound, String limit) {
        JsonNode exclusive = schema.path(bound);
        if (exclusive.isBoolean()) {
            schema.remove(bound);
            if (exclusive.booleanValue() && schema.path(limit).isNumber()) {
                schema.set(bound, schema.remove(limit));
            }
        }
    }

    /** The names in a list of required properties. */
    static List<String> names(JsonNode required) {
        List<String> names = new ArrayList<>();
        required.forEach(name -> names.add(name.asText()));
        return names;
    }
}
