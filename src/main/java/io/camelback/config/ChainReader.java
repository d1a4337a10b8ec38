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
            chains.put(value.key, chain(value.section().only("commit", "deadline", "reserve"), value.line));
        }
        return chains;
    }

    private static ChainSettings chain(Section own, int line) {
        ChainSettings usual = ChainSettings.DEFAULT;
        String commit = own.read("commit", Units.oneOf(Commit.WORDS), usual.commit().word());
        return new ChainSettings(Commit.of(commit).orElseThrow(), own.read("deadline", Units::timer, usual.deadline()),
                own.read("reserve", Units::delay, usual.reserve()), line);
    }
}
