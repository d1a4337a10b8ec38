package io.camelback.config.reader;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.yaml.ReadObserver;
import io.camelback.config.yaml.ValueKind;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JSON Schema of {@code config/camelback.yaml}, made of what the readers ask for when they read texts in which
 * everything stands. The description of each key is in {@code config-schema/descriptions.properties}.
 */
final class ConfigSchema implements ReadObserver {
    /** A name that an operator would give. */
    static final String NAME = "any-name";

    private static final String ANY = "*";
    private static final String ITEM = "[]";
    private static final String PLACEHOLDER = "\\{\\{env:";

    private final Map<String, String> descriptions;
    private final Set<String> described = new TreeSet<>();
    private final Set<String> named = new TreeSet<>();
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, Place> places = new TreeMap<>();

    private record Asked(String path, What what) {}

    /** What a place may hold. */
    private static final class Place {
        private final Set<String> keys = new LinkedHashSet<>();
        private final Set<ValueKind> kinds = new LinkedHashSet<>();
        private final Map<String, Integer> required = new HashMap<>();
        private int visits;
        private boolean group;
        private boolean names;
        private boolean list;
    }

    @FunctionalInterface
    private interface What {
        void note(Place place);
    }

    /** @param descriptions by path, or by the end of one */
    ConfigSchema(Map<String, String> descriptions) {
        this.descriptions = descriptions;
    }

    /** @param texts in which every key stands somewhere, with {@link #NAME} where operators give names */
    ObjectNode of(List<String> texts) {
        texts.forEach(text -> CamelbackConfigReader.observe(text, this));
        asked.forEach(one -> one.what().note(places.computeIfAbsent(general(one.path()), path -> new Place())));
        ObjectNode schema = Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Camelback: config/camelback.yaml");
        schema.setAll(schema(""));
        return schema;
    }

    /** Descriptions that no key has. */
    Set<String> unusedDescriptions() {
        Set<String> unused = new TreeSet<>(descriptions.keySet());
        unused.removeAll(described);
        return unused;
    }

    @Override
    public void keys(String path, Collection<String> allowed) {
        note(path, place -> {
            place.group = true;
            place.visits++;
            place.keys.addAll(allowed);
        });
    }

    @Override
    public void group(String path) {
        note(path, place -> place.group = true);
    }

    @Override
    public void names(String path) {
        named.add(path);
        note(path, place -> place.names = true);
    }

    @Override
    public void list(String path) {
        note(path, place -> place.list = true);
    }

    @Override
    public void value(String path, ValueKind kind) {
        // The specimen's own names are what is allowed there; in a file it is the file's.
        note(path, place -> place.kinds.add(kind.words().contains(NAME) ? ValueKind.TEXT : kind));
    }

    @Override
    public void required(String path, String key) {
        note(path, place -> place.required.merge(key, 1, Integer::sum));
    }

    private void note(String path, What what) {
        asked.add(new Asked(path, what));
    }

    /** The path with a star for each name that the operator gives. */
    private String general(String path) {
        StringBuilder specific = new StringBuilder();
        StringBuilder general = new StringBuilder();
        for (String part : path.replaceAll("\\[\\d+]", "." + ITEM).split("\\.")) {
            String shown = named.contains(specific.toString()) && !part.equals(ITEM) ? ANY : part;
            append(specific, part);
            append(general, shown);
        }
        return general.toString();
    }

    private static void append(StringBuilder path, String part) {
        path.append(path.isEmpty() ? "" : ".").append(part);
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private ObjectNode schema(String path) {
        Place place = places.get(path);
        if (place == null) {
            throw new IllegalStateException("No specimen shows the readers a value of " + path);
        }
        List<ObjectNode> forms = new ArrayList<>();
        place.kinds.forEach(kind -> forms.addAll(forms(kind)));
        if (place.list) {
            forms.add(Json.object().put("type", "array").set("items", schema(below(path, ITEM))));
        }
        if (place.group) {
            forms.add(group(path, place));
        }
        ObjectNode schema = Json.object();
        String description = path.isEmpty() || path.endsWith(ANY) || path.endsWith(ITEM) ? null : description(path);
        if (description != null) {
            schema.put("description", description);
        }
        if (forms.size() == 1) {
            return schema.setAll(forms.get(0));
        }
        ArrayNode any = schema.putArray("anyOf");
        new LinkedHashSet<>(forms).forEach(any::add);
        return schema;
    }

    private ObjectNode group(String path, Place place) {
        ObjectNode group = Json.object();
        group.putArray("type").add("object").add("null");
        if (!place.keys.isEmpty()) {
            ObjectNode properties = group.putObject("properties");
            place.keys.forEach(key -> properties.set(key, schema(below(path, key))));
        }
        if (place.names) {
            group.set("additionalProperties", schema(below(path, ANY)));
        } else if (!place.keys.isEmpty()) {
            group.put("additionalProperties", false);
        }
        List<String> always = place.keys.stream()
                .filter(key -> place.visits == place.required.getOrDefault(key, 0))
                .toList();
        if (!always.isEmpty()) {
            ArrayNode required = group.putArray("required");
            always.forEach(required::add);
        }
        return group;
    }

    private String description(String path) {
        for (String end = path; ; end = end.substring(end.indexOf('.') + 1)) {
            if (descriptions.containsKey(end)) {
                described.add(end);
                return descriptions.get(end);
            }
            if (!end.contains(".")) {
                throw new IllegalStateException("No description of " + path);
            }
        }
    }

    private static List<ObjectNode> forms(ValueKind kind) {
        return switch (kind.form()) {
            case TEXT -> {
                ObjectNode text = Json.object();
                text.putArray("type").add("string").add("number").add("boolean");
                yield List.of(text);
            }
            case DURATION -> List.of(text("^\\d{1,9}(ms|s|m|h)$"));
            case DAYS -> List.of(text("^\\d{1,5}d$"));
            case PERCENT -> List.of(text("^\\d{1,3}\\s?%$"));
            case SIZE -> List.of(number("integer", kind), text("^\\d{1,12}(KiB|MiB|GiB|KB|MB|GB|B)?$"));
            case WHOLE -> List.of(number("integer", kind), text("^[+-]?\\d[\\d_]{0,18}$"));
            case DECIMAL -> List.of(number("number", kind), text("^\\d{1,9}(\\.\\d{1,3})?$"));
            case DOLLARS ->
                List.of(Json.object().put("type", "number").put("minimum", 0), text("^\\d{1,9}(\\.\\d{1,18})?$"));
            case FLAG -> List.of(Json.object().put("type", "boolean"), text("^(true|false)$"));
            case ONE_OF -> {
                ObjectNode words = Json.object();
                kind.words().forEach(words.putArray("enum")::add);
                yield List.of(words, text(null));
            }
        };
    }

    /** A text of this pattern, or one with a placeholder, of which only the gateway knows what it becomes. */
    private static ObjectNode text(String pattern) {
        return Json.object()
                .put("type", "string")
                .put("pattern", pattern == null ? PLACEHOLDER : pattern + "|" + PLACEHOLDER);
    }

    private static ObjectNode number(String type, ValueKind kind) {
        return Json.object().put("type", type).put("minimum", kind.least()).put("maximum", kind.most());
    }
}
