package io.camelback.cli;

import io.camelback.cli.Terminal.Ink;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that grows while the demo runs. No line is wider than {@link #WIDTH}. */
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
    private final Terminal terminal;
    private int rows;

    DemoTable(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Text above or below the rows. */
    void say(Ink ink, String text) {
        out.println(terminal.paint(ink, text));
        out.flush();
    }

    void head() {
        say(Ink.BOLD, pad("", 2) + " " + String.join(GAP, pad("What happens", TITLE), pad("Asked", REQUEST), pad("Tried", TRIED),
                pad("Answered by", ANSWERED), right("ms", TIME)));
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
        List<String> tried = wrapped(Tried.of(reply.attempts()));
        Ink answered = reply.byModel() ? Ink.GOOD : reply.answeredBy().equals(DemoReply.STATIC) ? Ink.WARN : Ink.BAD;
        out.println(right(String.valueOf(rows), 2) + " " + String.join(GAP, pad(scene.title(), TITLE),
                pad(scene.stream() ? "stream" : "plain", REQUEST), tried.get(0),
                terminal.paint(answered, pad(cut(reply.answeredBy(), ANSWERED), ANSWERED)), right(millis(reply.took()), TIME)));
        for (String line : tried.subList(1, tried.size())) {
            out.println(" ".repeat(3 + TITLE + REQUEST + 2 * GAP.length()) + line.stripTrailing());
        }
        out.flush();
    }

    /** @return lines of the same visible width */
    private List<String> wrapped(List<Tried> all) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int width = 0;
        for (int i = 0; i < all.size(); i++) {
            String last = i == all.size() - 1 ? "" : " " + terminal.arrow();
            String text = cut(all.get(i).shown(terminal), TRIED - last.length());
            int needed = text.length() + last.length();
            if (width > 0 && width + 1 + needed > TRIED) {
                lines.add(line + " ".repeat(TRIED - width));
                line.setLength(0);
                width = 0;
            }
            line.append(width > 0 ? " " : "").append(terminal.paint(all.get(i).ink(), text)).append(last);
            width += (width > 0 ? 1 : 0) + needed;
        }
        lines.add(line + " ".repeat(TRIED - width));
        return lines;
    }

    static String millis(Duration took) {
        return String.format(Locale.ROOT, "%,d", took.toMillis());
    }

    private String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - terminal.ellipsis().length()) + terminal.ellipsis();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
