package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The schema of a tool's parameters: JSON Schema 2020-12, and what a maker wants beside that. */
final class ToolSchemaValidator {
    /** What a maker wants beside a valid schema. */
    enum Wish {
        /** An object at the root without combinators. */
        PLAIN_ROOT,
        PROPERTIES,
        ITEMS,
        ARGUMENT_NAMES
    }

    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "array", "object", "null");
    private static final List<String> MAPS = List.of("properties", "$defs", "definitions", "patternProperties");
    private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final List<String> SINGLE =
            List.of("items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else");
    private static final List<String> BOUNDS = List.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems");
    private static final List<String> TEXTS = List.of("description", "title", "format", "pattern", "$ref", "$schema");
    private static final Pattern ARGUMENT = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

    private final Findings findings;
    private final Set<Wish> wishes;

    private ToolSchemaValidator(Findings findings, Set<Wish> wishes) {
        this.findings = findings;
        this.wishes = wishes;
    }

    static void check(JsonNode schema, String path, Findings findings, Set<Wish> wishes) {
        new ToolSchemaValidator(findings, wishes).root(schema, path);
    }

    private void root(JsonNode schema, String path) {
        if (!findings.require(schema.isObject(), path, "is no schema")) {
            return;
        }
        if (wishes.contains(Wish.PLAIN_ROOT)) {
            findings.require("object".equals(schema.path("type").asText()), path, "is no object");
            for (String word : List.of("anyOf", "oneOf", "allOf", "not", "enum")) {
                findings.require(!schema.has(word), path, "has " + word + " at its root");
            }
        }
        if (wishes.contains(Wish.PROPERTIES)) {
            findings.require(schema.path("properties").isObject(), path, "has no properties");
        }
        schema(schema, path);
    }

    private void bad(boolean holds, String path, String rule) {
        if (!holds) {
            findings.add(Findings.Kind.SCHEMA, path, rule);
        }
    }

    private void schema(JsonNode schema, String path) {
        if (!schema.isObject()) {
            bad(schema.isBoolean(), path, "is neither object nor boolean");
            return;
        }
        type(schema, path);
        required(schema, path);
        BOUNDS.stream()
                .filter(schema::has)
                .forEach(word -> bad(schema.get(word).isNumber(), path + "." + word, "is no number"));
        TEXTS.stream()
                .filter(schema::has)
                .forEach(word -> bad(schema.get(word).isTextual(), path + "." + word, "is no text"));
        bad(!schema.has("enum") || schema.get("enum").isArray(), path + ".enum", "is no array");
        for (String map : MAPS) {
            if (schema.has(map)) {
                bad(schema.get(map).isObject(), path + "." + map, "is no object");
                schema.get(map)
                        .properties()
                        .forEach(entry -> schema(entry.getValue(), path + "." + map + "." + entry.getKey()));
            }
        }
        if (wishes.contains(Wish.ARGUMENT_NAMES)) {
            schema.path("properties")
                    .fieldNames()
                    .forEachRemaining(name -> findings.require(
                            ARGUMENT.matcher(name).matches(), path + ".properties", "has a bad name: " + name));
        }
        for (String list : LISTS) {
            if (schema.has(list)) {
                bad(
                        schema.get(list).isArray() && !schema.get(list).isEmpty(),
                        path + "." + list,
                        "is no array with elements");
                schema.get(list).forEach(one -> schema(one, path + "." + list));
            }
        }
        SINGLE.stream().filter(schema::has).forEach(word -> schema(schema.get(word), path + "." + word));
    }

    private void type(JsonNode schema, String path) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return;
        }
        boolean array = type.asText().equals("array");
        if (type.isArray()) {
            Set<String> seen = new HashSet<>();
            bad(!type.isEmpty(), path + ".type", "is empty");
            for (JsonNode one : type) {
                bad(TYPES.contains(one.asText()) && seen.add(one.asText()), path + ".type", "is no list of types");
                array |= one.asText().equals("array");
            }
        } else {
            bad(type.isTextual() && TYPES.contains(type.textValue()), path + ".type", "is no type: " + type);
        }
        if (array && wishes.contains(Wish.ITEMS)) {
            findings.require(schema.has("items") || schema.has("prefixItems"), path, "is an array without items");
        }
    }

    private void required(JsonNode schema, String path) {
        JsonNode required = schema.path("required");
        if (required.isMissingNode()) {
            return;
        }
        bad(required.isArray(), path + ".required", "is no array");
        Set<String> seen = new HashSet<>();
        for (JsonNode name : required) {
            bad(name.isTextual() && seen.add(name.asText()), path + ".required", "is no list of different names");
        }
    }
}
