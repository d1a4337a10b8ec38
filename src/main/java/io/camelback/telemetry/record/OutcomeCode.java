package io.camelback.telemetry.record;

import io.camelback.attempt.AttemptResult;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.ProviderException;
import java.util.Locale;
import java.util.Set;

/** The outcome of an attempt as one word out of a fixed set: a failure's kind, a skip reason, or {@code ok}. */
public final class OutcomeCode {
    public static final String OK = "ok";
    static final String COOLDOWN = "cooldown";
    static final String BREAKER_OPEN = "breaker_open";
    static final String OTHER = "other";
    /** The chain was over before this link: nobody fell back from it. */
    private static final Set<String> PASSED_BY = Set.of("chain_ended", "no_fallback", "had_its_turn", "not_wanted");

    private OutcomeCode() {}

    public static String of(AttemptResult attempt) {
        if (attempt.outcome() == AttemptResult.Outcome.ANSWERED) {
            return OK;
        }
        ProviderException failure = attempt.failure();
        boolean coolingDown = attempt.skipped() == AttemptSkippedException.Reason.COOLDOWN;
        return failure != null && !coolingDown
                ? word(failure.kind())
                : attempt.skipped() == null ? OTHER : word(attempt.skipped());
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the deployment had its turn, or would have had it: others were merely passed by. */
    public static boolean counts(AttemptResult attempt) {
        return !PASSED_BY.contains(of(attempt));
    }
}
