package io.camelback.routing;

import io.camelback.attempt.AttemptResult;
import io.camelback.failure.AttemptSkippedException.Reason;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.resilience.CooldownRegistry;
import java.time.Duration;

/**
 * Why a deployment is skipped.
 *
 * @param detail in a few words, as in the log
 * @param failure what a caller is told about if nobody answers; null when there is nothing to tell
 * @param until how much longer that lasts; null when it is not known
 */
public record SkipReason(Reason reason, String detail, ProviderException failure, Duration until) {

    public static SkipReason of(Reason reason, String why) {
        return new SkipReason(reason, why, null, null);
    }

    /** For a request that this deployment can never take. */
    static SkipReason unsuitable(Reason reason, FailureKind kind, String why) {
        return new SkipReason(reason, why, ProviderException.of(kind, why), null);
    }

    /** @param why which budget has no room. @param left until its window ends */
    public static SkipReason overBudget(String why, Duration left) {
        return new SkipReason(Reason.BUDGET, AttemptResult.BUDGET + why, null, left);
    }

    /** @param why which quota has no room. @param left until it has some again; null when nobody can say */
    public static SkipReason overQuota(String why, Duration left) {
        return new SkipReason(Reason.QUOTA, AttemptResult.QUOTA + why, null, left);
    }

    /** Whether it is for want of money, or of a quota's room. */
    public boolean forWant() {
        return reason == Reason.BUDGET
                || reason == Reason.QUOTA
                || reason == Reason.NO_LEDGER
                || reason == Reason.NO_PRICE;
    }

    static SkipReason coolingDown(CooldownRegistry.Cooldown cooldown) {
        return new SkipReason(Reason.COOLDOWN, cooldown.reason(), cooldown.cause(), cooldown.left());
    }

    /** How the log tells it. */
    public AttemptResult attempt(String deployment) {
        if (reason == Reason.COOLDOWN) {
            return AttemptResult.coolingDown(deployment, detail, until, failure);
        }
        return failure == null
                ? AttemptResult.skipped(deployment, reason, detail)
                : AttemptResult.unsuitable(deployment, reason, failure);
    }
}
