package io.camelback.quality;

/**
 * The result of checking an answer.
 *
 * @param why in words that repeat nothing of the answer; empty for one that passed
 */
public record QualityVerdict(Outcome outcome, String why) {
    public static final QualityVerdict PASSED = new QualityVerdict(Outcome.PASSED, "");

    /** {@code UNJUDGED} is no miss: the answer goes out with a mark, and nobody else is asked because of it. */
    public enum Outcome {
        PASSED,
        UNJUDGED,
        MISSED
    }

    public static QualityVerdict missed(String why) {
        return new QualityVerdict(Outcome.MISSED, why);
    }

    static QualityVerdict unjudged(String why) {
        return new QualityVerdict(Outcome.UNJUDGED, why);
    }

    public boolean isMiss() {
        return outcome == Outcome.MISSED;
    }

    public boolean isUnjudged() {
        return outcome == Outcome.UNJUDGED;
    }
}
