package io.camelback.config;

import io.camelback.chat.Commit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code chains}. Whether there is such a chain is known later: chains are routes. */
final class ChainReader {
    private ChainReader() { }

    static Map<String, ChainSettings> read(Section section) {
        Map<String, ChainSettings> chains = new LinkedHashMap<>();
        for (Value value : section.values()) {
            Section own = value.section().only("commit");
            String commit = own.read("commit", Units.oneOf(Commit.WORDS), ChainSettings.DEFAULT.commit().word());
            chains.put(value.key, new ChainSettings(Commit.of(commit).orElseThrow(), value.line));
        }
        return chains;
    }
}
