package io.camelback.lint;

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

/**
 * A YAML text with its lines. Asking for what is not there gives an empty tree, so that rules need not look before
 * every step.
 *
 * @param line from 1; for a value behind a key the line of the key
 */
record YamlNode(Node node, int line) {
    private static final YamlNode NOTHING = new YamlNode(null, 0);
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowNonScalarKeys(true)
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(50)
            .setCodePointLimit(1 << 20)
            .build();

    /** A key and what stands behind it. */
    record Entry(String key, YamlNode value) {}

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is no YAML */
    static YamlNode parse(String yaml) {
        return new Compose(SETTINGS)
                .composeString(yaml)
                .map(node -> new YamlNode(node, line(node)))
                .orElse(NOTHING);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    boolean isThere() {
        return node != null;
    }

    /** What stands behind a key. */
    YamlNode get(String key) {
        return entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst()
                .orElse(NOTHING);
    }

    YamlNode get(String key, String below) {
        return get(key).get(below);
    }

    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    entries.add(new Entry(key.getValue(), new YamlNode(tuple.getValueNode(), line(key))));
                }
            }
        }
        return entries;
    }

    List<YamlNode> items() {
        List<YamlNode> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> items.add(new YamlNode(item, line(item))));
        }
        return items;
    }

    /** The value when it is a single one. */
    Optional<String> text() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    String textOr(String otherwise) {
        return text().orElse(otherwise);
    }
}
