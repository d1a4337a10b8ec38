package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tools of a {@code generateContent} request, and schemas as Google takes them. */
final class GeminiToolValidator {
    private static final Set<String> SCHEMA = Set.of(
            "$id",
            "$defs",
            "$ref",
            "$anchor",
            "type",
            "format",
            "title",
            "description",
            "enum",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "anyOf",
            "oneOf",
            "properties",
            "additionalProperties",
            "required",
            "propertyOrdering");

    private final JsonNode body;
    private final Findings findings;

    GeminiToolValidator(JsonNode body, Findings findings) {
        this.body = body;
        this.findings = findings;
    }

    void check() {
        Set<String> names = new HashSet<>();
        boolean any = false;
        for (JsonNode tool : body.path("tools")) {
            findings.require(!tool.isEmpty(), "tools", "has an empty one");
            any = true;
            findings.require(
                    !tool.has("functionDeclarations")
                            || !tool.get("functionDeclarations").isEmpty(),
                    "tools",
                    "declares nothing");
            for (JsonNode function : tool.path("functionDeclarations")) {
                String path = "tools." + function.path("name").asText();
                findings.only(
                        function,
                        path,
                        Set.of("name", "description", "parameters", "parametersJsonSchema", "response", "behavior"));
                findings.matches(function, path, "name", GeminiRequestValidator.NAME);
                findings.require(names.add(function.path("name").asText()), path, "is declared twice");
                if (function.has("parametersJsonSchema")) {
                    schema(function.get("parametersJsonSchema"), path);
                }
            }
        }
        findings.require(any || !body.has("tools"), "tools", "is empty");
        JsonNode calling = body.path("toolConfig").path("functionCallingConfig");
        findings.require(any || calling.isMissingNode(), "toolConfig", "without tools");
        findings.require(
                calling.path("mode").asText("AUTO").matches("(?i)AUTO|ANY|NONE|VALIDATED|MODE_UNSPECIFIED"),
                "toolConfig",
                "has no mode");
        for (JsonNode name : calling.path("allowedFunctionNames")) {
            findings.require(names.contains(name.asText()), "toolConfig", "allows what is not declared: " + name);
        }
    }

    void schema(JsonNode schema, String path) {
        if (!schema.isObject()) {
            if (!schema.isBoolean()) {
                findings.add(Findings.Kind.SCHEMA, path, "is no schema");
            }
            return;
        }
        schema.fieldNames().forEachRemaining(name -> {
            if (!SCHEMA.contains(name)) {
                findings.add(Findings.Kind.SCHEMA, path, "has the keyword " + name);
            }
        });
        ToolSchemaValidator.check(schema, path, findings, Set.of());
        if (schema.has("$ref")) {
            schema.fieldNames()
                    .forEachRemaining(
                            name -> findings.require(name.startsWith("$"), path, "has " + name + " beside $ref"));
        }
        for (JsonNode name : schema.path("required")) {
            if (!schema.path("properties").has(name.asText())) {
                findings.add(Findings.Kind.SCHEMA, path, "requires what it does not describe: " + name);
            }
        }
        for (JsonNode value : schema.path("enum")) {
            if (value.isNull() || value.isTextual() && value.textValue().isEmpty()) {
                findings.add(Findings.Kind.SCHEMA, path, "has an empty word in its enum");
            }
        }
        schema.path("properties").properties().forEach(entry -> schema(entry.getValue(), path + "." + entry.getKey()));
        schema.path("$defs").properties().forEach(entry -> schema(entry.getValue(), path + "." + entry.getKey()));
        for (String list : List.of("anyOf", "oneOf", "prefixItems")) {
            schema.path(list).forEach(one -> schema(one, path + "." + list));
        }
        for (String one : List.of("items", "additionalProperties")) {
            if (schema.path(one).isObject()) {
                schema(schema.get(one), path + "." + one);
            }
        }
    }
}
