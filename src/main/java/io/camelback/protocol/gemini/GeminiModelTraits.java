package io.camelback.protocol.gemini;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's name tells. The generations differ in how thinking is steered, in whether thought signatures are
 * demanded and in whether tools and a JSON answer may be asked for together.
 *
 * @param major 0 when the name shows no generation
 */
public record GeminiModelTraits(String name, int major, int minor) {
    private static final Pattern GENERATION = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?(?!\\d)");
    /** Google's moving aliases have left generation 2 behind them; they are taken for the newest of generation 3. */
    private static final Pattern LATEST = Pattern.compile("gemini-(?:pro|flash|flash-lite)-latest");

    public static GeminiModelTraits of(String model) {
        String name = GeminiModelName.bare(model).toLowerCase(Locale.ROOT);
        Matcher generation = GENERATION.matcher(name);
        if (generation.find()) {
            String minor = generation.group(2);
            return new GeminiModelTraits(
                    name, Integer.parseInt(generation.group(1)), minor == null ? 0 : Integer.parseInt(minor));
        }
        return LATEST.matcher(name).find()
                ? new GeminiModelTraits(name, 3, Integer.MAX_VALUE)
                : new GeminiModelTraits(name, 0, 0);
    }

    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    /** From generation 3 on: thinking levels, demanded signatures, tools together with a response schema. */
    public boolean modern() {
        return atLeast(3, 0);
    }

    public boolean is25() {
        return major == 2 && minor >= 5;
    }

    public boolean pro() {
        return name.contains("-pro");
    }

    public boolean flash() {
        return name.contains("-flash");
    }

    public boolean lite() {
        return name.contains("-lite");
    }

    /** Gemma knows no system instruction: it is said in the first user turn. */
    public boolean gemma() {
        return name.startsWith("gemma");
    }
}
