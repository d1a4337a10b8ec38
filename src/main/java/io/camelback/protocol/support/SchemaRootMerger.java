package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One object in the place of a root that combines several: the properties of all branches, of which only those are
 * required that every branch requires. What that loses is told in the description, where the model still reads it.
 */
final class SchemaRootMerger {
    private static final List<String> CHOICES = List.of("anyOf", "oneOf");
    private static final List<String> ALL = List.of("anyOf", "oneOf", "allOf", "not", "if", "then", "else", "enum");
    private static final String REQUIRED = "required";
    private static final String PROPERTIES = "properties";
    private static final String OBJECT = "object";
    private static final int MOST_TOLD = 2_000;
    private static final int MOST_NESTED = 20;
    /** References may fan out or lead back: no more schemas than these are looked into. */
    private static final int MOST_VISITED = 500;

    private final ObjectNode root;
    /** By property all the ways in which it is described. */
    private final Map<String, Set<JsonNode>> properties = new LinkedHashMap<>();

    /** What each schema requires that was looked into. */
    private final Map<ObjectNode, Set<String>> visited = new IdentityHashMap<>();

    private final Set<String> required = new LinkedHashSet<>();

    private SchemaRootMerger(ObjectNode root) {
        this.root = root;
    }

    /** The same schema when it is one object already. */
    static ObjectNode merged(ObjectNode schema) {
        boolean combined = ALL.stream().anyMatch(schema::has);
        boolean refers = schema.has("$ref");
        if (!combined && !refers && schema.path("type").asText().equals(OBJECT)) {
            return schema;
        }
        return new SchemaRootMerger(schema).merge();
    }

    private ObjectNode merge() {
        ObjectNode lost = Json.object();
        ALL.stream().filter(root::has).forEach(word -> lost.set(word, root.get(word)));
        required.addAll(collect(root, 0));
        ObjectNode merged = Json.object().put("type", OBJECT);
        merged.setAll(JsonNodes.copy(root).remove(ALL));
        merged.put("type", OBJECT).remove("$ref");
        ObjectNode described = merged.putObject(PROPERTIES);
        properties.forEach((name, ways) -> described.set(name, either(ways)));
        merged.remove(REQUIRED);
        if (!required.isEmpty()) {
            required.forEach(merged.putArray(REQUIRED)::add);
        }
        if (!lost.isEmpty()) {
            String told = Json.text(lost);
            String rule = "The arguments must also match: "
                    + (told.length() > MOST_TOLD ? told.substring(0, MOST_TOLD) + "…" : told);
            String before = root.path("description").asText("");
            merged.put("description", before.isEmpty() ? rule : before + "\n\n" + rule);
        }
        return merged;
    }

    /** Adds the properties of a schema and of its branches. @return what it requires */
    private Set<String> collect(ObjectNode schema, int depth) {
        Set<String> known = visited.get(schema);
        if (known != null) {
            return known;
        }
        Set<String> names = new LinkedHashSet<>(ToolSchemaAdapter.names(schema.path(REQUIRED)));
        schema.path(PROPERTIES).properties().forEach(property -> add(property.getKey(), property.getValue()));
        if (depth > MOST_NESTED || visited.size() >= MOST_VISITED) {
            return names;
        }
        visited.put(schema, names);
        referred(schema).ifPresent(target -> names.addAll(collect(target, depth + 1)));
        for (JsonNode branch : schema.path("allOf")) {
            if (branch instanceof ObjectNode object) {
                names.addAll(collect(object, depth + 1));
            }
        }
        for (String word : CHOICES) {
            names.addAll(shared(schema.path(word), depth));
        }
        return names;
    }

    /** What all branches of a choice require. */
    private Set<String> shared(JsonNode branches, int depth) {
        List<Set<String>> each = new ArrayList<>();
        for (JsonNode branch : branches) {
            each.add(branch instanceof ObjectNode object ? collect(object, depth + 1) : Set.of());
        }
        if (each.isEmpty()) {
            return Set.of();
        }
        Set<String> shared = new LinkedHashSet<>(each.get(0));
        each.forEach(shared::retainAll);
        return shared;
    }

    private void add(String name, JsonNode schema) {
        properties.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(schema);
    }

    /** A property that two branches describe in two ways may be either. */
    private static JsonNode either(Set<JsonNode> ways) {
        if (ways.size() == 1) {
            return ways.iterator().next();
        }
        ArrayNode either = JsonNodes.array();
        ways.forEach(either::add);
        return Json.object().set("anyOf", either);
    }

    private Optional<ObjectNode> referred(ObjectNode schema) {
        String reference = schema.path("$ref").asText("");
        if (!reference.startsWith("#/")) {
            return Optional.empty();
        }
        return root.at(reference.substring(1)) instanceof ObjectNode target ? Optional.of(target) : Optional.empty();
    }
}
