package io.camelback.classification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The complexity score of a request, and how it was computed.
 *
 * @param score from 0 (nothing to it) to 10 (the hardest), exact
 * @param task the kind of task it is; null when nobody said and nothing gives it away
 * @param parts what the score is made of, in order
 */
public record RequestComplexity(BigDecimal score, String task, List<Part> parts) {

    /**
     * One summand.
     *
     * @param name {@code files}, {@code reasoning}, {@code length}, or a scorer's own
     * @param why what it was taken from, in words; never a piece of the prompt
     */
    public record Part(String name, BigDecimal points, String why) {}

    public RequestComplexity {
        parts = List.copyOf(parts);
    }

    /** The score with one decimal, as callers and logs see it. */
    public BigDecimal shown() {
        return score.setScale(1, RoundingMode.HALF_UP);
    }
}
