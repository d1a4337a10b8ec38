package io.camelback.quality;

/**
 * What became of an answer's check.
 *
 * @param why in words that repeat nothing of the answer; empty for one that passed
 */
public record Verdict(Outcome outcome, String why) {
    public static final Verdict PASSED = new Verdict(Outcome.PASSED, "");

    /** {@code UNJUDGED} is no miss: the answer goes out with a mark, and nobody else is asked because of it. */
    public enum Outcome { PASSED, UNJUDGED, MISSED }

    static Verdict missed(String why) {
        return new Verdict(Outcome.MISSED, why);
    }

    static Verdict unjudged(String why) {
        return new Verdict(Outcome.UNJUDGED, why);
    }

    public boolean isMiss() {
        return outcome == Outcome.MISSED;
    }

    public boolean isUnjudged() {
        return outcome == Outcome.UNJUDGED;
    }
}
