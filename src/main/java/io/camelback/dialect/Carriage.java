package io.camelback.dialect;

/**
 * What becomes of a feature of a request at a provider of one dialect, where the request came in another one.
 *
 * @param note what the caller should know of it; empty when there is nothing to tell
 * @see Feature
 */
public record Carriage(Way way, String note) {

    /** From nothing lost to not served here. */
    public enum Way {
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

    static Carriage carried() {
        return carried("");
    }

    static Carriage carried(String note) {
        return new Carriage(Way.CARRIED, note);
    }

    static Carriage converted(String note) {
        return new Carriage(Way.CONVERTED, note);
    }

    static Carriage emulated(String note) {
        return new Carriage(Way.EMULATED, note);
    }

    static Carriage dropped() {
        return dropped("");
    }

    static Carriage dropped(String note) {
        return new Carriage(Way.DROPPED, note);
    }

    static Carriage skipped() {
        return skipped("");
    }

    static Carriage skipped(String note) {
        return new Carriage(Way.SKIPPED, note);
    }
}
