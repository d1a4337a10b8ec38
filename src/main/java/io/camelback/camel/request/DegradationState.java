package io.camelback.camel.request;

import io.camelback.chat.Reply;
import io.camelback.quality.QualityVerdict;
import java.time.Duration;
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
    private volatile HeldAnswer heldAnswer;

    /** An answer that missed its chain's quality floor, for the case that nobody does better. */
    record HeldAnswer(ProviderAttempt attempt, Reply reply) {}

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

    /** The answer that was not good enough; null when there is none. */
    public HeldAnswer heldAnswer() {
        return heldAnswer;
    }

    public void heldAnswer(ProviderAttempt attempt, Reply reply) {
        heldAnswer = new HeldAnswer(attempt, reply);
    }

    /** Makes what was put aside the answer. @return whether there was any */
    boolean given(Exchange exchange) {
        if (heldAnswer == null) {
            return false;
        }
        belowQuality = true;
        exchange.setVariable(ProviderAttempt.VARIABLE, heldAnswer.attempt());
        exchange.getMessage().setBody(heldAnswer.reply());
        return true;
    }
}
