package io.camelback.config.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A group of keys in the file. Reports keys that stand there twice, and with {@link #only} those that do not belong
 * there.
 */
public final class YamlSection {
    final String path;
    /** The line of the key that opens the group. */
    public final int line;

    private final Map<String, YamlValue> values;
    private final ReaderContext scope;

    private YamlSection(String path, int line, Map<String, YamlValue> values, ReaderContext scope) {
        this.path = path;
        this.line = line;
        this.values = values;
        this.scope = scope;
    }

    static YamlSection absent(String path, int line, ReaderContext scope) {
        return new YamlSection(path, line, Map.of(), scope);
    }

    static YamlSection of(String path, int line, YamlNode mapping, ReaderContext scope) {
        mapping.linesOfComplexKeys()
                .forEach(keyLine -> scope.problem(
                        path, keyLine, "has a key that is no name", "Put a key with braces or brackets in quotes"));
        Map<String, YamlValue> values = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String key = entry.key();
            int keyLine = entry.value().line();
            String keyPath = below(path, key);
            YamlValue first = values.putIfAbsent(key, new YamlValue(key, keyPath, keyLine, entry.value(), scope));
            if (first != null) {
                scope.problem(keyPath, keyLine, "appears twice, first in line " + first.line, "Keep one of the two");
            }
        }
        return new YamlSection(path, line, values, scope);
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Reports every key that is not one of these. */
    public YamlSection only(Collection<String> keys) {
        scope.observer.keys(path, keys);
        for (YamlValue value : values.values()) {
            if (!keys.contains(value.key)) {
                scope.problem(value.path, value.line, "unknown key", SpellingSuggestion.hint(value.key, keys));
            }
        }
        return this;
    }

    public YamlSection only(String... keys) {
        return only(List.of(keys));
    }

    public Collection<YamlValue> values() {
        scope.observer.names(path);
        return values.values();
    }

    public Optional<YamlValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A key that must be there. */
    public Optional<YamlValue> require(String key, String fix) {
        Optional<YamlValue> value = find(key);
        scope.observer.required(path, key);
        if (value.isEmpty()) {
            scope.problem(below(path, key), line, "is missing", fix);
        }
        return value;
    }

    public <T> T read(String key, ValueParser<T> parser, T otherwise) {
        scope.observer.value(below(path, key), parser.kind());
        return find(key).flatMap(value -> value.parse(parser)).orElse(otherwise);
    }

    public <T> List<T> list(String key, ValueParser<T> parser) {
        List<T> items = new ArrayList<>();
        scope.observer.list(below(path, key));
        scope.observer.value(below(path, key) + "[0]", parser.kind());
        find(key)
                .ifPresent(value ->
                        value.items().forEach(item -> item.parse(parser).ifPresent(items::add)));
        return items;
    }

    public YamlSection section(String key) {
        scope.observer.group(below(path, key));
        return find(key).map(YamlValue::section).orElseGet(() -> absent(below(path, key), line, scope));
    }
}
