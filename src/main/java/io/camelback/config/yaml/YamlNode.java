package io.camelback.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML tree with line numbers. Asking for what is not there gives an empty node, so that nobody has to check before
 * every step. {@link YamlValue} and {@link YamlSection} read one and report what is wrong.
 */
public final class YamlNode {
    static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(50)
            .setCodePointLimit(1 << 20)
            .build();

    private static final YamlNode NOTHING = new YamlNode(null, 0);

    private final Node node;
    private final int line;

    /** A key and its value. @param value its line is that of the key */
    public record Entry(String key, YamlNode value) {}

    private YamlNode(Node node, int line) {
        this.node = node;
        this.line = line;
    }

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is not valid YAML */
    public static YamlNode parse(String yaml) {
        return new Compose(SETTINGS)
                .composeString(yaml)
                .map(node -> new YamlNode(node, line(node)))
                .orElse(NOTHING);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    public boolean isThere() {
        return node != null;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isSequence() {
        return node instanceof SequenceNode;
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isNull() {
        return node != null && node.getTag().equals(Tag.NULL);
    }

    /** Whether it is <code>{{name}}</code>, which YAML reads as a mapping whose key is a mapping. */
    boolean isUnquotedPlaceholder() {
        return node instanceof MappingNode mapping
                && !mapping.getValue().isEmpty()
                && mapping.getValue().get(0).getKeyNode() instanceof MappingNode;
    }

    /** From 1; for the value of a key the line of the key. */
    public int line() {
        return line;
    }

    /** The line of the node itself, which for an alias is the line of its anchor. */
    int ownLine() {
        return line(node);
    }

    /** The value of a key. */
    public YamlNode get(String key) {
        return entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst()
                .orElse(NOTHING);
    }

    public YamlNode get(String key, String below) {
        return get(key).get(below);
    }

    /** The keys that are names, with their values, in the order of the file; none when it is no mapping. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (NodeTuple tuple : tuples()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                entries.add(new Entry(key.getValue(), new YamlNode(tuple.getValueNode(), line(key))));
            }
        }
        return entries;
    }

    /** The lines of the keys that are no names, but mappings or lists. */
    List<Integer> linesOfComplexKeys() {
        return tuples().stream()
                .map(NodeTuple::getKeyNode)
                .filter(key -> !(key instanceof ScalarNode))
                .map(YamlNode::line)
                .toList();
    }

    private List<NodeTuple> tuples() {
        return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    /** The elements of a list; none when it is no list. */
    public List<YamlNode> items() {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream()
                        .map(item -> new YamlNode(item, line(item)))
                        .toList()
                : List.of();
    }

    /** The value when it is a single one. */
    public Optional<String> text() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    public String textOr(String otherwise) {
        return text().orElse(otherwise);
    }
}
