package io.camelback.camel;

import io.camelback.chat.Reply;
import io.camelback.quality.Verdict;
import java.time.Duration;
import org.apache.camel.Exchange;

/** What a caller may get when no model answers well enough: an answer below the chain's floor, one from before, a fixed text. */
final class SecondBest {
    private volatile boolean refused;
    private volatile String level;
    private volatile Duration age;
    private volatile Verdict verdict = Verdict.PASSED;
    private volatile boolean belowFloor;
    private volatile PutAside putAside;

    /** An answer that missed its chain's quality floor, for the case that nobody does better. */
    record PutAside(LiveAttempt attempt, Reply reply) { }

    /** Whether no cached or static answer is wanted. */
    boolean isRefused() {
        return refused;
    }

    void refused(boolean wanted) {
        refused = wanted;
    }

    /** {@code static} or {@code cached} when no model answered; null otherwise. */
    String level() {
        return level;
    }

    /** A fixed text is given. */
    void fixedText() {
        level = "static";
    }

    /** An answer is given again. */
    void fromBefore(Duration old) {
        level = "cached";
        age = old;
    }

    /** How old the answer is that is given again; null for any other. */
    Duration age() {
        return age;
    }

    /** Whether the caller is given an answer below the chain's quality floor. */
    boolean isBelowFloor() {
        return belowFloor;
    }

    /** What became of the check of the answer that the caller is given. */
    void judged(Verdict judged) {
        verdict = judged;
        belowFloor = judged.isMiss();
    }

    /** Whether the caller is given an answer of which nobody can say whether it is good enough. */
    boolean isUnjudged() {
        return verdict.isUnjudged() && !belowFloor;
    }

    /** The answer that was not good enough; null when there is none. */
    PutAside putAside() {
        return putAside;
    }

    void putAside(LiveAttempt attempt, Reply reply) {
        putAside = new PutAside(attempt, reply);
    }

    /** Makes what was put aside the answer. @return whether there was any */
    boolean given(Exchange exchange) {
        if (putAside == null) {
            return false;
        }
        belowFloor = true;
        exchange.setVariable(LiveAttempt.VARIABLE, putAside.attempt());
        exchange.getMessage().setBody(putAside.reply());
        return true;
    }
}
