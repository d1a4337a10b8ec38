package io.camelback.routing;

import io.camelback.failure.FailureKind;
import io.camelback.failure.NotAdmitted.Reason;
import io.camelback.failure.ProviderFailure;
import java.time.Duration;

/**
 * Why a deployment is not asked.
 *
 * @param why     in a few words, as in the log
 * @param failure what a caller is told about if nobody answers; null when there is nothing to tell
 * @param until   how much longer that lasts; null when it is not known
 */
public record Drop(Reason reason, String why, ProviderFailure failure, Duration until) {

    public static Drop of(Reason reason, String why) {
        return new Drop(reason, why, null, null);
    }

    /** For a request that this deployment can never take. */
    static Drop misfit(Reason reason, FailureKind kind, String why) {
        return new Drop(reason, why, ProviderFailure.of(kind, why), null);
    }

    /** @param why which budget has no room. @param left until its window ends */
    public static Drop overBudget(String why, Duration left) {
        return new Drop(Reason.BUDGET, Attempt.BUDGET + why, null, left);
    }

    /** @param why which quota has no room. @param left until it has some again; null when nobody can say */
    public static Drop overQuota(String why, Duration left) {
        return new Drop(Reason.QUOTA, Attempt.QUOTA + why, null, left);
    }

    /** Whether it is for want of money, or of a quota's room. */
    public boolean forWant() {
        return reason == Reason.BUDGET || reason == Reason.QUOTA || reason == Reason.NO_LEDGER || reason == Reason.NO_PRICE;
    }

    static Drop parked(Standing.Park park) {
        return new Drop(Reason.PARKED, park.reason(), park.cause(), park.left());
    }

    /** How the log tells it. */
    public Attempt attempt(String deployment) {
        if (reason == Reason.PARKED) {
            return Attempt.parked(deployment, why, until, failure);
        }
        return failure == null ? Attempt.skipped(deployment, reason, why) : Attempt.unsuited(deployment, reason, failure);
    }
}
