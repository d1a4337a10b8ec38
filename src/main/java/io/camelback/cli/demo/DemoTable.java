package io.camelback.cli.demo;

import io.camelback.cli.terminal.AttemptSummary;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.cli.terminal.TerminalStyle.Ink;
import io.camelback.cli.terminal.TextCells;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the demo's table row by row. No line is wider than {@link #WIDTH}. */
final class DemoTable {
    /** In characters. */
    static final int WIDTH = 118;

    private static final int TITLE = 37;
    private static final int REQUEST = 6;
    private static final int TRIED = 46;
    private static final int ANSWERED = 13;
    private static final int TIME = 5;
    private static final String GAP = "  ";

    private final PrintWriter out;
    private final TerminalStyle terminal;
    private int rows;

    DemoTable(PrintWriter out, TerminalStyle terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Text above or below the rows. */
    void say(Ink ink, String text) {
        out.println(terminal.paint(ink, text));
        out.flush();
    }

    void head() {
        say(
                Ink.BOLD,
                TextCells.left("", 2) + " "
                        + String.join(
                                GAP,
                                TextCells.left("What happens", TITLE),
                                TextCells.left("Asked", REQUEST),
                                TextCells.left("Tried", TRIED),
                                TextCells.left("Answered by", ANSWERED),
                                TextCells.right("ms", TIME)));
        rule();
    }

    void rule() {
        say(Ink.DIM, terminal.rule(WIDTH));
    }

    /** A line between two rows. */
    void wait(String text) {
        say(Ink.DIM, "   " + terminal.ellipsis() + " " + text);
    }

    /** What was tried takes as many lines as it needs, the rest stands in the first. */
    void row(DemoScene scene, DemoReply reply) {
        rows++;
        List<String> tried = wrapped(AttemptSummary.of(reply.attempts()));
        Ink answered = reply.byModel() ? Ink.GOOD : reply.answeredBy().equals(DemoReply.STATIC) ? Ink.WARN : Ink.BAD;
        out.println(TextCells.right(String.valueOf(rows), 2) + " "
                + String.join(
                        GAP,
                        TextCells.left(scene.title(), TITLE),
                        TextCells.left(scene.stream() ? "stream" : "plain", REQUEST),
                        tried.get(0),
                        terminal.paint(answered, TextCells.left(terminal.cut(reply.answeredBy(), ANSWERED), ANSWERED)),
                        TextCells.right(millis(reply.took()), TIME)));
        for (String line : tried.subList(1, tried.size())) {
            out.println(" ".repeat(3 + TITLE + REQUEST + 2 * GAP.length()) + line.stripTrailing());
        }
        out.flush();
    }

    /**
     * Broken between turns where that is possible, and between words where it is not. @return lines of the same visible
     * width
     */
    private List<String> wrapped(List<AttemptSummary> all) {
        Lines lines = new Lines();
        for (int i = 0; i < all.size(); i++) {
            String arrow = i == all.size() - 1 ? "" : " " + terminal.arrow();
            String turn = all.get(i).shown(terminal);
            lines.startUnlessFits(turn.length() + arrow.length());
            List<String> words = new ArrayList<>(List.of(turn.split(" ")));
            int last = words.size() - 1;
            for (String word : words.subList(0, last)) {
                lines.add(all.get(i).ink(), word, "");
            }
            lines.add(all.get(i).ink(), words.get(last), arrow);
        }
        return lines.finished();
    }

    /** The cell "Tried", which may take several lines. */
    private final class Lines {
        private final List<String> full = new ArrayList<>();
        private final StringBuilder line = new StringBuilder();
        private int width;

        void startUnlessFits(int length) {
            if (width > 0 && width + 1 + length > TRIED) {
                full.add(line + " ".repeat(TRIED - width));
                line.setLength(0);
                width = 0;
            }
        }

        void add(Ink ink, String word, String plain) {
            startUnlessFits(word.length() + plain.length());
            String shown = terminal.cut(word, TRIED - plain.length());
            line.append(width > 0 ? " " : "").append(terminal.paint(ink, shown)).append(plain);
            width += (width > 0 ? 1 : 0) + shown.length() + plain.length();
        }

        List<String> finished() {
            startUnlessFits(TRIED);
            return full.isEmpty() ? List.of(" ".repeat(TRIED)) : full;
        }
    }

    static String millis(Duration took) {
        return String.format(Locale.ROOT, "%,d", took.toMillis());
    }
}
