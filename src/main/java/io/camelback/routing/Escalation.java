package io.camelback.routing;

import io.camelback.failure.FailureKind;
import io.camelback.failure.NotAdmitted;
import java.util.List;

/**
 * A request has come to a further layer of its chain.
 *
 * @param before  how many attempts there were when it did
 * @param layer   the layer's route
 * @param trigger why: {@code complexity}, {@code exhausted}, {@code rate_limit_exceeded} or {@code all_models_unavailable}
 */
public record Escalation(int before, String layer, String trigger) {

    /** What the attempts of one layer came to, in the words of docs/routing.md. */
    static String trigger(List<Attempt> layer) {
        List<Attempt> asked = layer.stream().filter(attempt -> attempt.skipped() != NotAdmitted.Reason.NO_KEY).toList();
        if (asked.isEmpty() || !asked.stream().allMatch(attempt -> spent(attempt) || limited(attempt))) {
            return "all_models_unavailable";
        }
        return asked.stream().allMatch(Escalation::spent) ? "exhausted" : "rate_limit_exceeded";
    }

    private static boolean spent(Attempt attempt) {
        return attempt.isOverBudget() || attempt.failure() != null && attempt.failure().kind() == FailureKind.QUOTA;
    }

    private static boolean limited(Attempt attempt) {
        return attempt.skipped() == NotAdmitted.Reason.IN_FLIGHT_CAP || attempt.isOverQuota()
                || attempt.failure() != null && attempt.failure().kind() == FailureKind.RATE_LIMIT;
    }

    @Override
    public String toString() {
        return layer + ": " + trigger;
    }
}
