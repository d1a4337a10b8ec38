package io.camelback.cli.terminal;

/** Cells of a text table: padded to the width of their column. */
public final class TextCells {
    private TextCells() {}

    /** The text, with blanks behind it. */
    public static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** The text, cut where it would reach the next column, with at least one blank behind it. */
    public static String column(String text, int width) {
        return left(text.length() < width ? text : text.substring(0, width - 1), width);
    }

    /** The text, with blanks before it. */
    public static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
