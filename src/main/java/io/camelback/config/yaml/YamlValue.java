package io.camelback.config.yaml;

import io.camelback.config.yaml.EnvironmentVariables.Resolved;
import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in the file and where it stands. What cannot be read as asked is reported, and comes back empty. */
public final class YamlValue {
    private static final int SHOWN = 40;
    public final String key;
    public final String path;
    /** The line of the key. */
    public final int line;

    private final Node node;
    private final ReaderContext scope;

    YamlValue(String key, String path, int line, Node node, ReaderContext scope) {
        this.key = key;
        this.path = path;
        this.line = line;
        this.node = node;
        this.scope = scope;
    }

    /** The line of the node itself, which for an alias is the line of its anchor. */
    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** Whether it is a group of keys, which only then can be looked into without a complaint. */
    public boolean group() {
        return node instanceof MappingNode;
    }

    /** Whether it is one word or text, and no group or list. */
    public boolean single() {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL);
    }

    /** Whether it is this one word. */
    public boolean is(String word) {
        scope.observer.value(path, ValueKind.oneOf(List.of(word)));
        return single() && ((ScalarNode) node).getValue().equals(word);
    }

    public void problem(String message, String fix) {
        scope.problem(path, line(node), message, fix);
    }

    /** The text as it stands in the file; reported when there is none. */
    public Optional<String> raw() {
        scope.observer.value(path, ValueKind.TEXT);
        return scalar();
    }

    private Optional<String> scalar() {
        if (!(node instanceof ScalarNode scalar)) {
            notText();
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank()) {
            problem("is empty", "Give it a value, or remove the key");
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }

    private void notText() {
        boolean braces = node instanceof MappingNode mapping
                && !mapping.getValue().isEmpty()
                && mapping.getValue().get(0).getKeyNode() instanceof MappingNode;
        if (braces) {
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
        String raw = ((ScalarNode) node).getValue();
        return raw.length() <= SHOWN ? raw : raw.substring(0, SHOWN) + "…";
    }

    /** The elements of a list. */
    public List<YamlValue> items() {
        scope.observer.list(path);
        if (!(node instanceof SequenceNode sequence)) {
            problem("must be a list", "Write [one, two], or [] for none");
            return List.of();
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(key, path + "[" + items.size() + "]", line(item), item, scope));
        }
        return items;
    }

    /** The keys below; a key with nothing behind it has none. */
    public YamlSection section() {
        scope.observer.group(path);
        if (node instanceof MappingNode mapping) {
            return YamlSection.of(path, line, mapping, scope);
        }
        if (!node.getTag().equals(Tag.NULL)) {
            problem("must be a group of keys", "Write them indented below, or as { key: value }");
        }
        return YamlSection.absent(path, line, scope);
    }
}
