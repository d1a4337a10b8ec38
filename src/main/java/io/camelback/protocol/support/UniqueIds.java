package io.camelback.protocol.support;

import java.util.HashMap;
import java.util.Map;

/**
 * Ids of calls that no call before them had: some servers count their calls from 0 in every answer, and most makers
 * refuse an id that comes twice. The same ids in the same order always become the same.
 */
public final class UniqueIds {
    /** How often each was wanted. */
    private final Map<String, Integer> wanted = new HashMap<>();

    /** The id itself, or with a number behind it when it was given before. */
    public String of(String id) {
        Integer before = wanted.putIfAbsent(id, 1);
        if (before == null) {
            return id;
        }
        int count = before;
        String free;
        do {
            free = id + "_" + ++count;
        } while (wanted.containsKey(free));
        wanted.put(id, count);
        wanted.put(free, 1);
        return free;
    }
}
