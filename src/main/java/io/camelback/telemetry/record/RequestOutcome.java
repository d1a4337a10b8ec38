package io.camelback.telemetry.record;

import io.camelback.attempt.AttemptResult;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The outcome of a finished request: its result, the tier that answered, and its cost compared with its first link.
 *
 * @param first the deployment that was to answer; null when there was none
 * @param answering the deployment that answered; null when none did
 * @param extraCost micro-dollars more than the same tokens cost at the first link, below zero for less; 0 when it
 *     answered itself or a price is not known
 */
public record RequestOutcome(
        RequestRecord entry,
        Result result,
        Deployment first,
        Deployment answering,
        List<FallbackStep> fallbacks,
        long extraCost) {

    /** What the caller got. */
    public enum Result {
        ANSWERED,
        DEGRADED,
        FAILED,
        REFUSED,
        BROKEN,
        CANCELLED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param price what a deployment takes for tokens, in micro-dollars; empty when that is not known */
    public static RequestOutcome of(
            RequestRecord entry, ActiveRevision serving, BiFunction<Deployment, Usage, Optional<Long>> price) {
        Deployment first = entry.attempts().stream()
                .findFirst()
                .flatMap(turn -> serving.config().deployment(turn.deployment()))
                .orElse(null);
        Deployment answering = entry.deployment() == null
                ? null
                : serving.config().deployment(entry.deployment()).orElse(null);
        return new RequestOutcome(
                entry, result(entry), first, answering, FallbackStep.of(entry), extraCost(entry, first, price));
    }

    private static Result result(RequestRecord entry) {
        if (entry.status() == 499) {
            return Result.CANCELLED;
        }
        if (entry.error() != null && entry.status() == 200) {
            return Result.BROKEN;
        }
        if (entry.status() >= 500 || entry.status() == 429) {
            return Result.FAILED;
        }
        if (entry.error() != null || entry.status() >= 400) {
            return Result.REFUSED;
        }
        return entry.degraded() == null ? Result.ANSWERED : Result.DEGRADED;
    }

    private static long extraCost(
            RequestRecord entry, Deployment first, BiFunction<Deployment, Usage, Optional<Long>> price) {
        AttemptResult turn = entry.answering().orElse(null);
        if (turn == null
                || first == null
                || turn.deployment().equals(first.name())
                || turn.metering().usage() == null
                || turn.metering().microDollars() == null) {
            return 0;
        }
        return price.apply(first, turn.metering().usage())
                .map(usual -> turn.metering().microDollars() - usual)
                .orElse(0L);
    }

    /** {@code 1} to {@code 3} for the tier that answered, else {@code static}, {@code cached} or {@code none}. */
    public String tier() {
        if (answering != null && result != Result.CANCELLED) {
            return String.valueOf(answering.tier());
        }
        String degraded = entry.degraded();
        return "static".equals(degraded) || "cached".equals(degraded) ? degraded : "none";
    }

    /** Whether the caller got an answer, whole, by whomever. */
    public boolean isSuccess() {
        return result == Result.ANSWERED || result == Result.DEGRADED;
    }
}
