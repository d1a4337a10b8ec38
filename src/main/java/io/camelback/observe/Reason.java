package io.camelback.observe;

import io.camelback.failure.NotAdmitted;
import io.camelback.failure.ProviderFailure;
import io.camelback.routing.Attempt;
import java.util.Locale;
import java.util.Set;

/** How a turn ended, as one word out of a fixed set: a failure's kind, why it was skipped, or {@code ok}. */
final class Reason {
    static final String OK = "ok";
    static final String PARKED = "parked";
    static final String BREAKER_OPEN = "breaker_open";
    static final String OTHER = "other";
    /** The chain was over before this link: nobody fell back from it. */
    private static final Set<String> PASSED_BY = Set.of("chain_ended", "no_fallback", "had_its_turn");
    private Reason() { }

    static String of(Attempt attempt) {
        if (attempt.outcome() == Attempt.Outcome.ANSWERED) {
            return OK;
        }
        ProviderFailure failure = attempt.failure();
        boolean parked = attempt.skipped() == NotAdmitted.Reason.PARKED;
        return failure != null && !parked ? word(failure.kind()) : attempt.skipped() == null ? OTHER : word(attempt.skipped());
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the deployment had its turn, or would have had it: others were merely passed by. */
    static boolean counts(Attempt attempt) {
        return !PASSED_BY.contains(of(attempt));
    }
}
