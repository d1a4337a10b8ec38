package io.camelback.attempt;

import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import java.util.List;

/**
 * A request has reached a further layer of its chain.
 *
 * @param before how many attempts there were when it did
 * @param layer the layer's route
 * @param trigger why: {@code complexity}, {@code exhausted}, {@code rate_limit_exceeded} or
 *     {@code all_models_unavailable}
 */
public record ChainEscalation(int before, String layer, String trigger) {

    /** What the attempts of one layer came to, in the words of docs/routing.md. */
    static String trigger(List<AttemptResult> layer) {
        List<AttemptResult> asked = layer.stream()
                .filter(attempt -> attempt.skipped() != AttemptSkippedException.Reason.NO_KEY)
                .toList();
        if (asked.isEmpty() || !asked.stream().allMatch(attempt -> spent(attempt) || limited(attempt))) {
            return "all_models_unavailable";
        }
        return asked.stream().allMatch(ChainEscalation::spent) ? "exhausted" : "rate_limit_exceeded";
    }

    private static boolean spent(AttemptResult attempt) {
        return attempt.isOverBudget()
                || attempt.failure() != null && attempt.failure().kind() == FailureKind.QUOTA;
    }

    private static boolean limited(AttemptResult attempt) {
        return attempt.skipped() == AttemptSkippedException.Reason.IN_FLIGHT_CAP
                || attempt.isOverQuota()
                || attempt.failure() != null && attempt.failure().kind() == FailureKind.RATE_LIMIT;
    }

    @Override
    public String toString() {
        return layer + ": " + trigger;
    }
}
