package io.camelback.observe;

import io.camelback.routing.Attempt;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How a turn ended, as one word out of a fixed set: a failure's kind, why it was skipped, or {@code ok}. */
final class Reason {
    static final String OK = "ok";
    static final String PARKED = "parked";
    static final String BREAKER_OPEN = "breaker_open";
    static final String OTHER = "other";
    /** The chain was over before this link: nobody fell back from it. */
    private static final Set<String> PASSED_BY = Set.of("chain_ended", "no_fallback", "had_its_turn");
    private static final Map<String, String> SKIPPED = Map.of(Attempt.BREAKER_OPEN, BREAKER_OPEN, "no key", "no_key", "in-flight cap",
            "in_flight_cap", "no fallback wanted", "no_fallback", "the chain had ended", "chain_ended", Attempt.HAD_ITS_TURN,
            "had_its_turn", Attempt.NO_LEDGER, "no_ledger", "no price", "no_price");

    private Reason() { }

    static String of(Attempt attempt) {
        if (attempt.outcome() == Attempt.Outcome.ANSWERED) {
            return OK;
        }
        if (attempt.isOverBudget()) {
            return "budget";
        }
        if (attempt.until() != null) {
            return PARKED;
        }
        if (attempt.failure() != null) {
            return attempt.failure().kind().name().toLowerCase(Locale.ROOT);
        }
        return SKIPPED.entrySet().stream().filter(known -> attempt.why().startsWith(known.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse(OTHER);
    }

    /** Whether the deployment had its turn, or would have had it: others were merely passed by. */
    static boolean counts(Attempt attempt) {
        return !PASSED_BY.contains(of(attempt));
    }
}
