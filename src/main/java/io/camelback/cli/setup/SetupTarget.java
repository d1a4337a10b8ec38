package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * The gateway, and how a client shall use it.
 *
 * @param url the API's address, without a path and without a slash at its end
 * @param model the chain or deployment that a client asks for; null to leave the client its own names
 * @param chains all that the gateway has
 * @param keyVariable the environment variable that holds the client key
 * @param key the client key; null when none is set
 * @param keyInFile whether the key itself goes into the client's settings
 */
record SetupTarget(String url, String model, List<String> chains, String keyVariable, String key, boolean keyInFile) {
    /** What clients send that want a key where the gateway wants none. */
    private static final String NO_KEY = "unused";

    SetupTarget {
        chains = List.copyOf(chains);
    }

    /** Whether the client is to read the key from its environment. */
    boolean keyByVariable() {
        return key != null && !keyInFile;
    }

    /** The setting that holds the key, or a word in its place where the gateway wants no key. */
    SettingsChange keySetting(String... name) {
        return key == null
                ? SettingsChange.set(NO_KEY, name)
                : keyInFile ? SettingsChange.secret(keyNode(), name) : SettingsChange.remove(name);
    }

    JsonNode keyNode() {
        return TextNode.valueOf(key == null ? NO_KEY : key);
    }
}
