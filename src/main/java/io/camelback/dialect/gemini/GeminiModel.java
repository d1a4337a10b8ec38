package io.camelback.dialect.gemini;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's name tells. The generations differ in how thinking is steered, in whether thought signatures are demanded
 * and in whether tools and a JSON answer may be asked for together.
 *
 * @param major 0 when the name shows no generation
 */
record GeminiModel(String name, int major, int minor) {
    private static final Pattern GENERATION = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?(?!\\d)");
    /** Google's moving aliases have left generation 2 behind them; they are taken for the newest of generation 3. */
    private static final Pattern LATEST = Pattern.compile("gemini-(?:pro|flash|flash-lite)-latest");

    static GeminiModel of(String model) {
        String name = GeminiDialect.bare(model).toLowerCase(Locale.ROOT);
        Matcher generation = GENERATION.matcher(name);
        if (generation.find()) {
            String minor = generation.group(2);
            return new GeminiModel(name, Integer.parseInt(generation.group(1)), minor == null ? 0 : Integer.parseInt(minor));
        }
        return LATEST.matcher(name).find() ? new GeminiModel(name, 3, Integer.MAX_VALUE) : new GeminiModel(name, 0, 0);
    }

    boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    /** From generation 3 on: thinking levels, demanded signatures, tools together with a response schema. */
    boolean modern() {
        return atLeast(3, 0);
    }

    boolean is25() {
        return major == 2 && minor >= 5;
    }

    boolean pro() {
        return name.contains("-pro");
    }

    boolean flash() {
        return name.contains("-flash");
    }

    boolean lite() {
        return name.contains("-lite");
    }

    /** Gemma knows no system instruction: it is said in the first user turn. */
    boolean gemma() {
        return name.startsWith("gemma");
    }
}
