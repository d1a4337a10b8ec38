package io.camelback.config.yaml;

import io.camelback.config.yaml.EnvironmentVariables.Resolved;
import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A value in the file and its position. What cannot be read as asked is reported, and comes back empty. */
public final class YamlValue {
    private static final int SHOWN = 40;
    public final String key;
    public final String path;
    /** The line of the key. */
    public final int line;

    private final YamlNode node;
    private final ReaderContext scope;

    YamlValue(String key, String path, int line, YamlNode node, ReaderContext scope) {
        this.key = key;
        this.path = path;
        this.line = line;
        this.node = node;
        this.scope = scope;
    }

    /** Whether it is a group of keys, which only then can be looked into without a complaint. */
    public boolean group() {
        return node.isMapping();
    }

    /** Whether it is one word or text, and no group or list. */
    public boolean single() {
        return node.isScalar() && !node.isNull();
    }

    /** Whether it is this one word. */
    public boolean is(String word) {
        scope.observer.value(path, ValueKind.oneOf(List.of(word)));
        return single() && node.textOr("").equals(word);
    }

    public void problem(String message, String fix) {
        scope.problem(path, node.ownLine(), message, fix);
    }

    /** The text as it stands in the file; reported when there is none. */
    public Optional<String> raw() {
        scope.observer.value(path, ValueKind.TEXT);
        return scalar();
    }

    private Optional<String> scalar() {
        if (!node.isScalar()) {
            notText();
            return Optional.empty();
        }
        if (node.isNull() || node.textOr("").isBlank()) {
            problem("is empty", "Give it a value, or remove the key");
            return Optional.empty();
        }
        return node.text();
    }

    private void notText() {
        if (node.isUnquotedPlaceholder()) {
            problem(
                    "is a placeholder without quotes, which YAML takes for a mapping",
                    "Write \"{{env:NAME}}\", quotes and all");
        } else {
            problem("must be a single value", "Write it behind the colon, on the same line");
        }
    }

    /** The text with its placeholders replaced. */
    public Optional<String> text() {
        scope.observer.value(path, ValueKind.TEXT);
        return scalar().flatMap(this::fill);
    }

    private Optional<String> fill(String raw) {
        Resolved filled = scope.environment.fill(raw);
        if (filled.malformed()) {
            problem("has a placeholder that cannot be read", "Write {{env:NAME}} or {{env:NAME:default}}");
        } else if (!filled.missing().isEmpty()) {
            String name = filled.missing().get(0);
            problem(
                    "needs " + name + ", which is not set",
                    "Set the variable, or write a default: {{env:" + name + ":default}}");
        } else if (filled.text().isEmpty()) {
            problem("is empty once its placeholders are filled in", "Give it a default that is not");
        } else {
            return Optional.of(filled.text());
        }
        return Optional.empty();
    }

    /** The value as something else than text. The message shows what the file says, never what a variable holds. */
    public <T> Optional<T> parse(ValueParser<T> parser) {
        scope.observer.value(path, parser.kind());
        return scalar().flatMap(this::fill).flatMap(text -> {
            try {
                return Optional.of(parser.parse(text));
            } catch (UnreadableValueException e) {
                problem("\"" + shown() + "\" " + e.getMessage(), e.fix);
                return Optional.empty();
            }
        });
    }

    private String shown() {
        String raw = node.textOr("");
        return raw.length() <= SHOWN ? raw : raw.substring(0, SHOWN) + "…";
    }

    /** The elements of a list. */
    public List<YamlValue> items() {
        scope.observer.list(path);
        if (!node.isSequence()) {
            problem("must be a list", "Write [one, two], or [] for none");
            return List.of();
        }
        List<YamlValue> items = new ArrayList<>();
        for (YamlNode item : node.items()) {
            items.add(new YamlValue(key, path + "[" + items.size() + "]", item.line(), item, scope));
        }
        return items;
    }

    /** The keys below; a key with nothing behind it has none. */
    public YamlSection section() {
        scope.observer.group(path);
        if (node.isMapping()) {
            return YamlSection.of(path, line, node, scope);
        }
        if (!node.isNull()) {
            problem("must be a group of keys", "Write them indented below, or as { key: value }");
        }
        return YamlSection.absent(path, line, scope);
    }
}
