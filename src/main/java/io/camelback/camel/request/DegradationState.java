package io.camelback.camel.request;

import io.camelback.quality.QualityVerdict;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * What a caller may get when no model answers well enough: an answer below the chain's floor, one from before, a fixed
 * text.
 */
public final class DegradationState {
    private volatile boolean refused;
    private volatile String level;
    private volatile Duration age;
    private volatile QualityVerdict verdict = QualityVerdict.PASSED;
    private volatile boolean belowQuality;
    private volatile Consumer<Exchange> heldAnswer;

    /** Whether no cached or static answer is wanted. */
    public boolean isRefused() {
        return refused;
    }

    public void refused(boolean wanted) {
        refused = wanted;
    }

    /** {@code static} or {@code cached} when no model answered; null otherwise. */
    public String level() {
        return level;
    }

    /** A fixed text is given. */
    public void markStatic() {
        level = "static";
    }

    /** An answer is given again. */
    public void markCached(Duration old) {
        level = "cached";
        age = old;
    }

    /** How old the answer is that is given again; null for any other. */
    public Duration age() {
        return age;
    }

    /** Whether the caller is given an answer below the chain's quality floor. */
    public boolean isBelowQuality() {
        return belowQuality;
    }

    /** What became of the check of the answer that the caller is given. */
    public void judged(QualityVerdict judged) {
        verdict = judged;
        belowQuality = judged.isMiss();
    }

    /** Whether the caller is given an answer of which nobody can say whether it is good enough. */
    public boolean isUnjudged() {
        return verdict.isUnjudged() && !belowQuality;
    }

    /** Whether an answer is held back. */
    public boolean hasHeldAnswer() {
        return heldAnswer != null;
    }

    /**
     * Holds back an answer that missed its chain's quality floor, in case no other deployment does better.
     *
     * @param restore makes it an exchange's answer
     */
    public void holdAnswer(Consumer<Exchange> restore) {
        heldAnswer = restore;
    }

    /** Makes the answer that was held back the exchange's answer. @return whether there is one */
    boolean useHeldAnswer(Exchange exchange) {
        if (heldAnswer == null) {
            return false;
        }
        belowQuality = true;
        heldAnswer.accept(exchange);
        return true;
    }
}
