package io.camelback.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A group of keys in the file. Reports keys that stand there twice, and with {@link #only} those that do not belong there. */
final class Section {
    final String path;
    /** The line of the key that opens the group. */
    final int line;
    private final Map<String, Value> values;
    private final Scope scope;

    private Section(String path, int line, Map<String, Value> values, Scope scope) {
        this.path = path;
        this.line = line;
        this.values = values;
        this.scope = scope;
    }

    static Section absent(String path, int line, Scope scope) {
        return new Section(path, line, Map.of(), scope);
    }

    static Section of(String path, int line, MappingNode mapping, Scope scope) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            int keyLine = Value.line(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
                scope.problem(path, keyLine, "has a key that is no name", "Put a key with braces or brackets in quotes");
                continue;
            }
            String key = scalar.getValue();
            String keyPath = below(path, key);
            Value first = values.putIfAbsent(key, new Value(key, keyPath, keyLine, entry.getValueNode(), scope));
            if (first != null) {
                scope.problem(keyPath, keyLine, "is there twice, first in line " + first.line, "Keep one of the two");
            }
        }
        return new Section(path, line, values, scope);
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Reports every key that is not one of these. */
    Section only(Collection<String> keys) {
        for (Value value : values.values()) {
            if (!keys.contains(value.key)) {
                scope.problem(value.path, value.line, "unknown key", Nearest.hint(value.key, keys));
            }
        }
        return this;
    }

    Section only(String... keys) {
        return only(List.of(keys));
    }

    Collection<Value> values() {
        return values.values();
    }

    Optional<Value> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A key that must be there. */
    Optional<Value> require(String key, String fix) {
        Optional<Value> value = find(key);
        if (value.isEmpty()) {
            scope.problem(below(path, key), line, "is missing", fix);
        }
        return value;
    }

    <T> T read(String key, Parser<T> parser, T otherwise) {
        return find(key).flatMap(value -> value.parse(parser)).orElse(otherwise);
    }

    <T> List<T> list(String key, Parser<T> parser) {
        List<T> items = new ArrayList<>();
        find(key).ifPresent(value -> value.items().forEach(item -> item.parse(parser).ifPresent(items::add)));
        return items;
    }

    Section section(String key) {
        return find(key).map(Value::section).orElseGet(() -> absent(below(path, key), line, scope));
    }
}
