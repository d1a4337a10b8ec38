package io.camelback.config.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.LongConsumer;

/**
 * A regular expression that operators or callers may choose, matched by RE2: in time of at most pattern times text,
 * whatever both are. {@code java.util.regex} is no choice here, not even under a deadline: {@code ^(?:|)(?:|)(?:|)\z},
 * longer by a few groups, takes seconds without reading one character, so nothing can interrupt it. Thread-safe.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>, which has no look-around and no
 *     back-references
 */
public final class LinearPattern {
    private final Pattern pattern;
    private final int size;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
        this.size = pattern.programSize();
    }

    /** Thrown for what is no pattern here; the message says why and repeats nothing of it. */
    public static final class UnusablePatternException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusablePatternException(String message) {
            super(message, null, false, false);
        }
    }

    /** @throws UnusablePatternException when RE2 does not understand it, or when it would take too much to compile */
    public static LinearPattern compile(String text) throws UnusablePatternException {
        if (!PatternSize.isModest(text)) {
            throw new UnusablePatternException("is longer, deeper or repeats more than a pattern may");
        }
        try {
            return new LinearPattern(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new UnusablePatternException("is no regular expression of RE2");
        }
    }

    /**
     * Whether it is found anywhere in the text.
     *
     * @param work is told of the steps of the matching while it goes on, and may end it by throwing
     */
    public boolean isIn(String text, LongConsumer work) {
        return pattern.matcher(new Counted(text, work)).find();
    }

    /** RE2 reads a character once for each time that its whole program looks at it. */
    private final class Counted implements CharSequence {
        private final String text;
        private final LongConsumer work;

        Counted(String text, LongConsumer work) {
            this.text = text;
            this.work = work;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            work.accept(size);
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** As it was written. */
    @Override
    public String toString() {
        return pattern.pattern();
    }
}
