package io.camelback.protocol.feature;

import java.util.Locale;

/**
 * What becomes of a feature of a request at a provider of one dialect, where the request came in another one.
 *
 * @param note what the caller should know of it; empty when there is nothing to tell
 * @see ProtocolFeature
 */
public record FeatureSupport(Level way, String note) {

    /** From nothing lost to not served here. */
    public enum Level {
        /** The dialect has it: it arrives as it was meant. */
        CARRIED,
        /** The dialect has something close to it: the form, the range or the precision is another. */
        CONVERTED,
        /** The dialect has nothing like it: it is asked for, or told, in words. */
        EMULATED,
        /** Left out: the answer is of use without it. */
        DROPPED,
        /** The deployment is passed over and the next one asked: the answer would be of no use without it. */
        SKIPPED
    }

    /** @param cell a level, and a note after a colon where there is one: {@code converted: as text} */
    static FeatureSupport parse(String cell) {
        int colon = cell.indexOf(": ");
        return colon < 0
                ? new FeatureSupport(level(cell), "")
                : new FeatureSupport(level(cell.substring(0, colon)), cell.substring(colon + 2));
    }

    private static Level level(String word) {
        return Level.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
