package io.camelback.protocol.feature;

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

    static FeatureSupport carried() {
        return carried("");
    }

    static FeatureSupport carried(String note) {
        return new FeatureSupport(Level.CARRIED, note);
    }

    static FeatureSupport converted(String note) {
        return new FeatureSupport(Level.CONVERTED, note);
    }

    static FeatureSupport emulated(String note) {
        return new FeatureSupport(Level.EMULATED, note);
    }

    static FeatureSupport dropped() {
        return dropped("");
    }

    static FeatureSupport dropped(String note) {
        return new FeatureSupport(Level.DROPPED, note);
    }

    static FeatureSupport skipped() {
        return skipped("");
    }

    static FeatureSupport skipped(String note) {
        return new FeatureSupport(Level.SKIPPED, note);
    }
}
