package io.camelback.stream;

/**
 * Finds where a continuation joins a text that broke off. A model that is asked to go on repeats some of the end first;
 * what follows the repetition is new. White space does not count in the comparison: models trim it and break lines
 * anew. Without a repetition that is long enough nothing shows that the two belong together, and there is no seam. Used
 * once, by one thread.
 */
public final class ContinuationMatcher {
    /** The most of the text's end that a model is asked to repeat, in characters. */
    static final int ANCHOR = 160;
    /** The shortest repetition that is no coincidence, in characters other than white space. */
    static final int LEAST = 12;
    /** How much may come before the repetition, such as an introduction nobody asked for. */
    static final int BEFORE = 300;

    private final String sent;
    private final String anchor;
    private final String gap;
    private final StringBuilder came = new StringBuilder();
    private final StringBuilder dense = new StringBuilder();
    private int end = -1;
    private boolean joined;

    /** @param text all that has been sent, not blank */
    public ContinuationMatcher(String text) {
        this.sent = dense(text);
        this.anchor = dense(anchor(text));
        this.gap = text.substring(text.stripTrailing().length());
    }

    /** The end of a text, which a model is asked to repeat: whole words, or all of a text that has no more. */
    public static String anchor(String text) {
        String trimmed = text.strip();
        if (trimmed.length() <= ANCHOR) {
            return trimmed;
        }
        String end = trimmed.substring(trimmed.length() - ANCHOR);
        for (int i = 0; i < ANCHOR / 2; i++) {
            if (Character.isWhitespace(end.charAt(i))) {
                return end.substring(i + 1).strip();
            }
        }
        return Character.isLowSurrogate(end.charAt(0)) ? end.substring(1) : end;
    }

    private static String dense(String text) {
        return text.codePoints()
                .filter(point -> !Character.isWhitespace(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether it is known where the new text begins. */
    public boolean found() {
        return end >= 0;
    }

    /** Whether there is none: what came is something else. */
    public boolean impossible() {
        return !found() && dense.length() > anchor.length() + BEFORE && !repeatsAll();
    }

    /** Some models begin again from the beginning. */
    private boolean repeatsAll() {
        return dense.length() <= sent.length() && sent.startsWith(dense.toString());
    }

    /** More of the continuation. @return what of it is new; empty as long as that is not known */
    public String add(String text) {
        if (joined) {
            return text;
        }
        int before = dense.length();
        came.append(text);
        dense.append(dense(text));
        if (!found()) {
            look(before);
        }
        return found() ? afterGap() : "";
    }

    /**
     * The continuation is at its end, or at something that is no text.
     *
     * @return what is new of the text that is left; null when there is no seam
     */
    public String end() {
        if (joined) {
            return "";
        }
        if (!found()) {
            lookForLess();
        }
        if (!found()) {
            return null;
        }
        joined = true;
        return rest().isBlank() ? "" : withoutGap(rest());
    }

    private void look(int before) {
        boolean tiny = anchor.length() < LEAST;
        int at = tiny
                ? (dense.indexOf(anchor) == 0 ? 0 : -1)
                : dense.indexOf(anchor, Math.max(0, before - anchor.length()));
        if (at >= 0 && (at <= BEFORE || sent.startsWith(dense.substring(0, at)))) {
            end = position(at + anchor.length());
        } else if (dense.length() > anchor.length() + BEFORE && !repeatsAll()) {
            lookForLess();
        }
    }

    /** A model that repeats less than it was asked to, from the first character on. */
    private void lookForLess() {
        for (int length = Math.min(anchor.length(), dense.length()); length >= LEAST; length--) {
            if (anchor.startsWith(dense.substring(0, length), anchor.length() - length)) {
                end = position(length);
                return;
            }
        }
    }

    /** Where so many characters other than white space have come. */
    private int position(int count) {
        int left = count;
        int at = 0;
        while (left > 0) {
            left -= Character.isWhitespace(came.charAt(at)) ? 0 : 1;
            at++;
        }
        return at;
    }

    private String rest() {
        return came.substring(end);
    }

    /**
     * White space that has been sent already is not sent again: it has to be seen whole before it is known what is too
     * much.
     */
    private String afterGap() {
        String rest = rest();
        if (!gap.isEmpty() && rest.isBlank()) {
            return "";
        }
        joined = true;
        return withoutGap(rest);
    }

    private String withoutGap(String rest) {
        String text = rest.stripLeading();
        String space = rest.substring(0, rest.length() - text.length());
        return gap.isEmpty() ? rest : (space.startsWith(gap) ? space.substring(gap.length()) : "") + text;
    }
}
