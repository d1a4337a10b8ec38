package io.camelback.attempt;

import io.camelback.failure.AttemptSkippedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The attempts of one request, in order. A breaker runs its block on a copy of the exchange of which a failure leaves
 * nothing behind, so the copies share this one. Thread-safe.
 */
public final class AttemptHistory {
    private final List<AttemptResult> attempts = new ArrayList<>();
    private final List<ChainEscalation> escalations = new ArrayList<>();
    private int partBegins;

    public synchronized void add(AttemptResult attempt) {
        attempts.add(attempt);
    }

    /** Whether a deployment had its turn, or was skipped. */
    public synchronized boolean names(String deployment) {
        return attempts.stream().anyMatch(attempt -> attempt.deployment().equals(deployment));
    }

    public synchronized int size() {
        return attempts.size();
    }

    /**
     * Notes that a breaker let nothing through, unless its deployment has had its turn since the mark.
     *
     * @param mark the trail's size when the breaker was reached: the place this belongs to, before what the fallback
     *     did
     */
    public synchronized void openAt(int mark, String deployment) {
        for (AttemptResult attempt : attempts.subList(mark, attempts.size())) {
            if (attempt.deployment().equals(deployment)) {
                return;
            }
        }
        attempts.add(
                mark,
                AttemptResult.skipped(
                        deployment, AttemptSkippedException.Reason.BREAKER_OPEN, AttemptResult.BREAKER_OPEN));
    }

    public synchronized List<AttemptResult> attempts() {
        return List.copyOf(attempts);
    }

    /**
     * Notes that a layer is entered. @param trigger why; null where what its predecessor came to says it, if there was
     * one
     */
    public synchronized void enter(String layer, String trigger) {
        int from = escalations.isEmpty()
                ? 0
                : escalations.get(escalations.size() - 1).before();
        if (trigger != null || attempts.size() > from) {
            escalations.add(new ChainEscalation(
                    attempts.size(),
                    layer,
                    trigger != null ? trigger : ChainEscalation.trigger(attempts.subList(from, attempts.size()))));
        }
    }

    public synchronized List<ChainEscalation> escalations() {
        return List.copyOf(escalations);
    }

    /** How many times a provider was asked. */
    public synchronized int tried() {
        return (int) attempts.stream()
                .filter(attempt -> attempt.outcome() != AttemptResult.Outcome.SKIPPED)
                .count();
    }

    /** What comes now is asked for something else: a chain may ask for a plan first, and then for the answer. */
    public synchronized void beginPart() {
        partBegins = attempts.size();
    }

    /** How many turns there were in this part, skipped ones included. */
    public synchronized int turns() {
        return attempts.size() - partBegins;
    }

    /** The deployment that was to answer: the first that had its turn in this part. */
    public synchronized Optional<String> first() {
        return attempts.stream().skip(partBegins).findFirst().map(AttemptResult::deployment);
    }
}
