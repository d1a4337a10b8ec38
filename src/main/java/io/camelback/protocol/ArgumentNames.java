package io.camelback.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The arguments of tools by names that a provider takes, and back: OData's {@code $top} and {@code tags[]} are refused
 * by some with the whole request. As with {@link ToolNames}, nothing is kept: the names follow from the request's
 * schemas alone, so they are the same in every turn.
 *
 * @see <a href="https://github.com/anthropics/claude-code/issues/79418">the names that Anthropic takes</a>
 */
public final class ArgumentNames {
    /** Of tools whose arguments all have names that the provider takes. */
    public static final ArgumentNames UNCHANGED = new ArgumentNames();

    private static final int LONGEST = 64;
    private static final int KEPT = 54;
    private static final String PROPERTIES = "properties";
    private static final Set<String> LISTS = Set.of("required", "propertyOrdering");

    private final Map<String, String> sent = new HashMap<>();
    private final Map<String, String> received = new HashMap<>();

    private ArgumentNames() {}

    /** @param schemas of all tools; null for one that has none. @param taken the names that the provider takes */
    public static ArgumentNames of(Collection<ObjectNode> schemas, Pattern taken) {
        Set<String> names = new LinkedHashSet<>();
        schemas.stream().filter(Objects::nonNull).forEach(schema -> collect(schema, names));
        ArgumentNames changed = new ArgumentNames();
        for (String name : names) {
            if (!taken.matcher(name).matches()) {
                changed.add(name, names);
            }
        }
        return changed.sent.isEmpty() ? UNCHANGED : changed;
    }

    private static void collect(JsonNode schema, Set<String> names) {
        if (schema.path(PROPERTIES).isObject()) {
            schema.path(PROPERTIES).fieldNames().forEachRemaining(names::add);
        }
        schema.forEach(inner -> collect(inner, names));
    }

    /** Its harmless characters; with a hash of the whole where that is another's name or too long. */
    private void add(String name, Set<String> all) {
        String plain = name.replaceAll("[^a-zA-Z0-9_.-]", "_");
        boolean free =
                !plain.isEmpty() && plain.length() <= LONGEST && !all.contains(plain) && !received.containsKey(plain);
        String safe = free ? plain : plain.substring(0, Math.min(KEPT, plain.length())) + "_" + StableId.hex(name, 4);
        sent.put(name, safe);
        received.put(safe, name);
    }

    /** A schema by names that the provider takes. */
    public ObjectNode sentSchema(ObjectNode schema) {
        return this == UNCHANGED || schema == null ? schema : (ObjectNode) renamedSchema(schema);
    }

    private JsonNode renamedSchema(JsonNode schema) {
        if (schema instanceof ArrayNode list) {
            ArrayNode result = JsonNodes.array();
            list.forEach(one -> result.add(renamedSchema(one)));
            return result;
        }
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode result = Json.object();
        schema.properties().forEach(field -> {
            if (field.getKey().equals(PROPERTIES) && field.getValue().isObject()) {
                ObjectNode renamed = result.putObject(PROPERTIES);
                field.getValue()
                        .properties()
                        .forEach(property ->
                                renamed.set(name(sent, property.getKey()), renamedSchema(property.getValue())));
            } else if (LISTS.contains(field.getKey()) && field.getValue().isArray()) {
                ArrayNode renamed = result.putArray(field.getKey());
                field.getValue()
                        .forEach(name -> renamed.add(name.isTextual() ? Json.of(name(sent, name.textValue())) : name));
            } else {
                result.set(field.getKey(), renamedSchema(field.getValue()));
            }
        });
        return result;
    }

    /** Arguments of an earlier call by names that the provider takes; what is no JSON stays as it is. */
    public String sent(String arguments) {
        return renamed(arguments, sent);
    }

    public JsonNode sent(JsonNode arguments) {
        return this == UNCHANGED ? arguments : renamed(arguments, sent);
    }

    /** A model's arguments by the caller's own names. */
    public String received(String arguments) {
        return renamed(arguments, received);
    }

    private String renamed(String arguments, Map<String, String> names) {
        if (this == UNCHANGED || arguments == null || arguments.isBlank()) {
            return arguments;
        }
        try {
            return Json.text(renamed(Json.read(arguments), names));
        } catch (JsonProcessingException cut) {
            return arguments;
        }
    }

    private static JsonNode renamed(JsonNode value, Map<String, String> names) {
        if (value instanceof ArrayNode list) {
            ArrayNode result = JsonNodes.array();
            list.forEach(one -> result.add(renamed(one, names)));
            return result;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode result = Json.object();
        value.properties().forEach(field -> result.set(name(names, field.getKey()), renamed(field.getValue(), names)));
        return result;
    }

    private static String name(Map<String, String> names, String name) {
        return names.getOrDefault(name, name);
    }
}
