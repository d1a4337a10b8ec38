package io.camelback.attempt;

import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * The result of one attempt, or why the deployment was skipped.
 *
 * @param skipped why it was not asked; null for one that was
 * @param detail the failure or the reason in one short phrase; {@code ok} for an answer
 * @param status the provider's HTTP status; 0 when there was none
 * @param duration how long it took; zero for a skipped one
 * @param failure what went wrong, now or when its cooldown began; null for an answer and for what was skipped otherwise
 * @param until how long one in cooldown or over its budget stays so; null otherwise
 * @param metering what it used
 * @param marks what else is to be known of it
 */
public record AttemptResult(
        String deployment,
        Outcome outcome,
        AttemptSkippedException.Reason skipped,
        String detail,
        int status,
        Duration duration,
        ProviderException failure,
        Duration until,
        AttemptMetering metering,
        Set<Mark> marks) {

    /** Why a deployment was skipped whose breaker let nothing through. */
    public static final String BREAKER_OPEN = "breaker open";
    /** Why a deployment was skipped that was asked before the answer broke off which another one is to continue. */
    public static final String HAD_ITS_TURN = "had its turn";

    /** Why a deployment was skipped that a budget must allow, while nobody can say whether it does. */
    public static final String NO_LEDGER = "ledger unavailable";

    public static final String BUDGET = "budget ";
    public static final String QUOTA = "quota: ";

    private static final Set<FailureKind> LEFT =
            Set.of(FailureKind.TIMEOUT, FailureKind.CANCELLED, FailureKind.CLIENT_DEADLINE, FailureKind.SHUTTING_DOWN);
    /** Time-outs that come before anything was asked. */
    private static final Set<String> UNASKED = Set.of("connect_timeout", "tls_timeout");

    /** {@code SKIPPED} deployments were sent nothing. */
    public enum Outcome {
        ANSWERED,
        FAILED,
        SKIPPED
    }

    /** What is counted of a turn beside its outcome. */
    public enum Mark {
        /** The request went out twice, because the first connection turned out to be dead. */
        RESENT,
        /** The status was 200, and what came an error, a page or nothing. */
        SOFT_ERROR,
        /** More came after the stream's terminal marker. */
        TRAILING,
        /**
         * It is not known whether the answer is good enough: checking it would have taken too long, or could not be
         * done.
         */
        UNJUDGED
    }

    public AttemptResult {
        marks = Set.copyOf(marks);
    }

    private AttemptResult(
            String deployment,
            Outcome outcome,
            AttemptSkippedException.Reason skipped,
            String why,
            int status,
            Duration took,
            ProviderException failure,
            Duration until) {
        this(deployment, outcome, skipped, why, status, took, failure, until, AttemptMetering.NOTHING, Set.of());
    }

    public static AttemptResult answered(String deployment, Duration took) {
        return new AttemptResult(deployment, Outcome.ANSWERED, null, "ok", 200, took, null, null);
    }

    /** It went on with an answer that another one had begun. */
    public static AttemptResult continued(String deployment, Duration took) {
        return new AttemptResult(deployment, Outcome.ANSWERED, null, "ok, continued", 200, took, null, null);
    }

    public static AttemptResult failed(String deployment, ProviderException failure, Duration took) {
        return new AttemptResult(
                deployment, Outcome.FAILED, null, failure.getMessage(), failure.status(), took, failure, null);
    }

    public static AttemptResult skipped(String deployment, AttemptSkippedException.Reason reason, String why) {
        return new AttemptResult(deployment, Outcome.SKIPPED, reason, why, 0, Duration.ZERO, null, null);
    }

    /** For a request that this deployment cannot take: nothing was sent. */
    public static AttemptResult unsuitable(
            String deployment, AttemptSkippedException.Reason reason, ProviderException failure) {
        return new AttemptResult(
                deployment, Outcome.SKIPPED, reason, failure.getMessage(), 0, Duration.ZERO, failure, null);
    }

    /** @param cause why it is in cooldown; null when an operator set it */
    public static AttemptResult coolingDown(String deployment, String why, Duration left, ProviderException cause) {
        return new AttemptResult(
                deployment,
                Outcome.SKIPPED,
                AttemptSkippedException.Reason.COOLDOWN,
                "cooldown: " + why,
                0,
                Duration.ZERO,
                cause,
                left);
    }

    /** @param why which budget has no room. @param left until its window ends */
    public static AttemptResult overBudget(String deployment, String why, Duration left) {
        return new AttemptResult(
                deployment,
                Outcome.SKIPPED,
                AttemptSkippedException.Reason.BUDGET,
                BUDGET + why,
                0,
                Duration.ZERO,
                null,
                left);
    }

    /** @param why which quota has no room. @param left until it has some again; null when nobody can say */
    public static AttemptResult overQuota(String deployment, String why, Duration left) {
        return new AttemptResult(
                deployment,
                Outcome.SKIPPED,
                AttemptSkippedException.Reason.QUOTA,
                QUOTA + why,
                0,
                Duration.ZERO,
                null,
                left);
    }

    /** Whether it was skipped because a quota has no room. */
    public boolean isOverQuota() {
        return skipped == AttemptSkippedException.Reason.QUOTA;
    }

    /** Whether it was skipped because a budget has no room. */
    public boolean isOverBudget() {
        return skipped == AttemptSkippedException.Reason.BUDGET;
    }

    /** The same turn with another mark. */
    public AttemptResult withMark(Mark mark) {
        Set<Mark> all = EnumSet.of(mark);
        all.addAll(marks);
        return new AttemptResult(
                deployment,
                outcome,
                skipped,
                mark == Mark.RESENT ? detail + ", resent" : detail,
                status,
                duration,
                failure,
                until,
                metering,
                all);
    }

    public boolean has(Mark mark) {
        return marks.contains(mark);
    }

    /**
     * Whether the provider may bill more than we know of: it had the request, was left before it told what it used, and
     * may have gone on writing (docs/failures.md B10). What is counted is an estimate, and not less than what came.
     */
    public boolean possiblyBilled() {
        return outcome == Outcome.FAILED
                && failure != null
                && LEFT.contains(failure.kind())
                && !UNASKED.contains(detail(failure))
                && (metering.usage() == null || metering.estimated());
    }

    private static String detail(ProviderException failure) {
        return failure.code() == null ? "" : failure.code();
    }

    /** The same turn with what it used. */
    public AttemptResult metering(AttemptMetering used) {
        return new AttemptResult(deployment, outcome, skipped, detail, status, duration, failure, until, used, marks);
    }

    @Override
    public String toString() {
        return deployment + " " + detail + (outcome == Outcome.SKIPPED ? "" : " " + duration.toMillis() + "ms");
    }
}
