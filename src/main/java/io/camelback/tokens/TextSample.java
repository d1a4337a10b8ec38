package io.camelback.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Samples of one request's texts, as many as the tokenizer's time limit allows. The pieces are spread over all texts,
 * so that nobody can hide a dense text behind a thin one. For one thread.
 */
final class TextSample {
    /**
     * Text is counted in pieces of so many characters, because the tokenizer needs many times the memory of a long
     * word: of 4 MiB of one letter, more than a gigabyte. It makes a difference of a token or two for each piece.
     */
    private static final int PIECE = 4 << 10;
    /** What one piece costs, whatever is in it. */
    private static final int USUAL = 16;
    /** A piece of usual words costs some 430; one that is a single long word 4,500, which is some 3 milliseconds. */
    private static final long MOST_COST = 70_000;

    private static final int CHARACTERS_PER_COST = 10;
    private static final double GOLDEN = 0.618;

    private final List<Piece> pieces = new ArrayList<>();

    private record Piece(String text, int from, int to) {
        /** The tokenizer's time grows with the square of a word, or of white space. */
        long cost() {
            long cost = USUAL + (to - from) / CHARACTERS_PER_COST;
            int begin = from;
            for (int i = from + 1; i <= to; i++) {
                if (i == to || Character.isWhitespace(text.charAt(i)) != Character.isWhitespace(text.charAt(begin))) {
                    cost += (long) (i - begin) * (i - begin) / PIECE;
                    begin = i;
                }
            }
            return cost;
        }
    }

    /** @param text null and empty texts count nothing */
    void add(String text) {
        int length = text == null ? 0 : text.length();
        for (int from = 0; from < length; from += PIECE) {
            pieces.add(new Piece(text, from, Math.min(length, from + PIECE)));
        }
    }

    /** @param tokenizer counts a piece of at most 4,096 characters */
    long tokens(ToLongFunction<String> tokenizer) {
        long left = MOST_COST;
        long tokens = 0;
        long counted = 0;
        long characters = 0;
        int step = step(pieces.size());
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get((int) ((long) i * step % pieces.size()));
            characters += piece.to - piece.from;
            if (left > 0) {
                left -= piece.cost();
                tokens += tokenizer.applyAsLong(piece.text.substring(piece.from, piece.to));
                counted += piece.to - piece.from;
            }
        }
        return counted == characters ? tokens : Math.round((double) tokens * characters / counted);
    }

    /** So far from one piece to the next that each comes once, and any of them are spread over all. */
    private static int step(int count) {
        int step = Math.max(1, (int) (count * GOLDEN));
        while (greatestDivisor(step, count) > 1) {
            step++;
        }
        return step;
    }

    private static int greatestDivisor(int one, int other) {
        return other == 0 ? one : greatestDivisor(other, one % other);
    }
}
