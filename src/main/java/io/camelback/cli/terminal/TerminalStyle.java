package io.camelback.cli.terminal;

import java.io.Console;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the output device can display.
 *
 * @param colour whether escape codes for colours are understood
 * @param unicode whether more than ASCII is
 */
public record TerminalStyle(boolean colour, boolean unicode) {
    /** What a text means; colours follow from that. */
    public enum Ink {
        PLAIN(""),
        GOOD("32"),
        BAD("31"),
        WARN("33"),
        DIM("2"),
        BOLD("1");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    /** Standard output as it is now. @param environment where {@code NO_COLOR} and {@code TERM} are looked up */
    public static TerminalStyle here(Map<String, String> environment) {
        return of(
                environment,
                isTerminal(System.console()),
                System.getProperty(
                        "stdout.encoding",
                        System.getProperty(
                                "sun.stdout.encoding", Charset.defaultCharset().name())));
    }

    static TerminalStyle of(Map<String, String> environment, boolean interactive, String charset) {
        boolean asked = environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean able = !"dumb".equals(environment.get("TERM"));
        return new TerminalStyle(
                interactive && asked && able, StandardCharsets.UTF_8.name().equalsIgnoreCase(charset));
    }

    /**
     * From JDK 22 on there is a console also where there is no terminal, and a method that tells; until then there is
     * not.
     */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    public String paint(Ink ink, String text) {
        return colour && ink != Ink.PLAIN && !text.isEmpty() ? "\u001b[" + ink.code + "m" + text + "\u001b[0m" : text;
    }

    public String arrow() {
        return unicode ? "\u2192" : "->";
    }

    String times() {
        return unicode ? "\u00d7" : "x";
    }

    public String ellipsis() {
        return unicode ? "\u2026" : "...";
    }

    public String rule(int length) {
        return (unicode ? "\u2500" : "-").repeat(length);
    }

    /** The text, shortened to a width with an ellipsis where it is longer. */
    public String cut(String text, int width) {
        return text.length() <= width
                ? text
                : text.substring(0, Math.max(0, width - ellipsis().length())) + ellipsis();
    }
}
