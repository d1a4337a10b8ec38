package io.camelback.protocol.gemini;

/** A model name without the resource prefix that Google puts before it. */
public final class GeminiModelName {
    private GeminiModelName() {}

    /** A model's name without {@code models/}. */
    public static String bare(String model) {
        return model.startsWith("models/") ? model.substring("models/".length()) : model;
    }
}
