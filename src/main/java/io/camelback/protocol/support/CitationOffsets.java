package io.camelback.protocol.support;

import java.util.Arrays;

/**
 * Places in the text of an answer, so far. Every dialect counts them its own way: OpenAI in characters, Google in bytes
 * of UTF-8, and we in Java's chars. Of the text itself only as much is kept as is asked for, because a stream may be
 * long: what is always kept is how wide its characters are, as runs of the same width.
 */
public final class CitationOffsets {
    /** The bits of a run that tell its width, in bytes of UTF-8 less one; the others count its characters. */
    private static final int WIDTH = 3;

    private final int kept;
    private final StringBuilder last = new StringBuilder();
    private int[] runs = new int[2];
    private int size;
    private int length;
    private boolean half;

    /** A text of which only the places are known. */
    public CitationOffsets() {
        this(0);
    }

    /** @param kept how many of the last chars {@link #between} can tell */
    public CitationOffsets(int kept) {
        this.kept = kept;
    }

    /** A text that is whole. */
    public static CitationOffsets of(String whole) {
        CitationOffsets cited = new CitationOffsets(whole.length());
        cited.add(whole);
        return cited;
    }

    public void add(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char next = piece.charAt(i);
            if (half && Character.isLowSurrogate(next)) {
                runs[size - 1] -= 1 << 2;
                size -= runs[size - 1] >>> 2 == 0 ? 1 : 0;
                run(3);
                half = false;
            } else {
                run(next < 0x80 ? 0 : next < 0x800 ? 1 : 2);
                half = Character.isHighSurrogate(next);
            }
        }
        length += piece.length();
        if (kept > 0) {
            last.append(piece);
            last.delete(0, Math.max(0, last.length() - kept));
        }
    }

    private void run(int width) {
        if (size > 0 && (runs[size - 1] & WIDTH) == width) {
            runs[size - 1] += 1 << 2;
            return;
        }
        if (size == runs.length) {
            runs = Arrays.copyOf(runs, size * 2);
        }
        runs[size++] = 1 << 2 | width;
    }

    public int length() {
        return length;
    }

    /** The place after so many characters; the text's end when it has fewer. */
    public int afterCharacters(int count) {
        return after(count, Unit.CHARACTER, Unit.CHAR);
    }

    /** How many characters stand before a place. */
    public int characters(int place) {
        return after(place, Unit.CHAR, Unit.CHARACTER);
    }

    /** The place after so many bytes of UTF-8; the text's end when it has fewer. */
    public int afterBytes(int count) {
        return after(count, Unit.BYTE, Unit.CHAR);
    }

    /** How many bytes of UTF-8 stand before a place. */
    public int bytes(int place) {
        return after(place, Unit.CHAR, Unit.BYTE);
    }

    private enum Unit {
        CHAR,
        CHARACTER,
        BYTE;

        /** How many of it a character has. */
        int of(int width) {
            return this == BYTE ? width + 1 : this == CHAR && width == 3 ? 2 : 1;
        }
    }

    /** A place inside a character is after it. */
    private int after(int count, Unit from, Unit to) {
        int left = count;
        int place = 0;
        for (int i = 0; i < size && left > 0; i++) {
            int width = runs[i] & WIDTH;
            int each = from.of(width);
            int characters = Math.min(runs[i] >>> 2, (int) (((long) left + each - 1) / each));
            left -= characters * each;
            place += characters * to.of(width);
        }
        return place;
    }

    /** The words between two places; null when they are not kept. */
    public String between(int start, int end) {
        int first = inside(start);
        int gone = length - last.length();
        return first < gone ? null : last.substring(first - gone, Math.max(first, inside(end)) - gone);
    }

    private int inside(int place) {
        return Math.max(0, Math.min(place, length));
    }
}
