package io.camelback.memory;

/**
 * Estimates the memory that a JSON text takes once it is parsed: its characters again, and an object for every value in
 * it. A few megabytes of {@code {},{},{}} are hundreds of megabytes as a tree, so the values are counted and not only
 * the bytes. It is an upper guess: a comma inside a text counts like one between values.
 */
public final class JsonFootprint {
    /** For an object or a list, with the map and the first entries in it. In bytes. */
    private static final int CONTAINER = 160;
    /** For what stands behind a comma: a node, and its place in a list or a map. In bytes. */
    private static final int VALUE = 64;
    /** Shorter texts are not looked through. */
    private static final int SHORT = 4 << 10;
    /** What a short text takes for each of its bytes, at most about. */
    private static final int SHORT_FACTOR = 8;

    private JsonFootprint() {}

    /** In bytes, beside the text itself. */
    public static long of(byte[] json) {
        if (json.length <= SHORT) {
            return (long) SHORT_FACTOR * json.length;
        }
        long size = 2L * json.length;
        for (byte one : json) {
            size += weight(one);
        }
        return size;
    }

    /** In bytes, beside the text itself. */
    public static long of(String json) {
        if (json.length() <= SHORT) {
            return (long) SHORT_FACTOR * json.length();
        }
        long size = 2L * json.length();
        for (int at = 0; at < json.length(); at++) {
            size += weight(json.charAt(at));
        }
        return size;
    }

    /** What one character of a JSON text adds beside itself, in bytes. */
    public static int weight(int character) {
        return switch (character) {
            case '{', '[' -> CONTAINER;
            case ',' -> VALUE;
            default -> 0;
        };
    }
}
