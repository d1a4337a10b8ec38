package io.camelback.attempt;

import io.camelback.chat.Usage;
import java.time.Duration;

/**
 * Duration and token usage of an attempt, as far as known.
 *
 * @param startedAfter from the beginning of the request to that of this turn; null for one that was skipped
 * @param firstToken from the beginning of the turn to its first content; null when none came
 * @param usage the tokens to be paid for; null when there are none, as with most failures
 * @param estimated whether the tokens are our own count, because the provider never told its own
 * @param microDollars what they cost, rounded up; null when the price is not known
 */
public record AttemptMetering(
        Duration startedAfter, Duration firstToken, Usage usage, boolean estimated, Long microDollars) {
    public static final AttemptMetering NOTHING = new AttemptMetering(null, null, null, false, 0L);
}
