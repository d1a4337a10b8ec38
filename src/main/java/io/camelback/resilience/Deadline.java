package io.camelback.resilience;

import io.camelback.upstream.AttemptDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Divides a request's time among the links of its chain: each gets what is left, minus a reserve for later fallbacks.
 * Pure functions.
 *
 * <p>The reserves of the others never take more than half of what is left, so that a short deadline goes to the link
 * that was meant to answer before it goes to anyone else. Where the rest is not enough for all, the nearest have the
 * better of it: each in turn has half of what remains then.
 */
public final class Deadline {
    /** In less time than this, nobody says anything over a network. */
    static final Duration LEAST = Duration.ofMillis(10);
    /** How many recent answers it takes to say what a deployment cannot do. */
    static final int ENOUGH = 5;

    private Deadline() {}

    /**
     * A link's part of the time.
     *
     * @param left until the request's deadline, not below zero
     * @param callers whether that is the caller's own
     * @param reserves what each of the links after it needs at least
     */
    public static AttemptDeadline share(Duration left, boolean callers, List<Duration> reserves) {
        Duration wanted = reserves.stream().reduce(Duration.ZERO, Duration::plus);
        Duration most = left.dividedBy(2);
        return new AttemptDeadline(left.minus(wanted.compareTo(most) < 0 ? wanted : most), left, callers);
    }

    /**
     * What a link needs at least to be of use: what is configured, or the time to its first token that nearly all of
     * its recent answers kept to, but no more than its timer allows. Nothing where nothing is to be reserved.
     *
     * @param configured zero for no reserve
     * @param firstToken how soon it has answered lately
     * @param timer how long its first token may take
     */
    public static Duration reserve(Duration configured, DeploymentStats.Latency firstToken, Duration timer) {
        if (configured.isZero()) {
            return Duration.ZERO;
        }
        boolean slower = firstToken.samples() >= ENOUGH && firstToken.p99().compareTo(configured) > 0;
        Duration needed = slower ? firstToken.p99() : configured;
        return needed.compareTo(timer) < 0 ? needed : timer;
    }

    /** Why an attempt with this share cannot come to anything, in a few words; empty when it can. */
    public static Optional<String> insufficient(AttemptDeadline share, DeploymentStats.Latency firstToken) {
        if (share.slice().compareTo(LEAST) < 0) {
            return Optional.of("starved: " + share.left().toMillis() + "ms left of the request's time");
        }
        if (firstToken.samples() >= ENOUGH && share.slice().compareTo(firstToken.least()) < 0) {
            return Optional.of(
                    "starved: " + share.slice().toMillis() + "ms for it, and no recent first token took less than "
                            + firstToken.least().toMillis() + "ms");
        }
        return Optional.empty();
    }

    /** Whether the request's time is over, for all links. */
    public static boolean isExpired(Duration left) {
        return left.compareTo(LEAST) < 0;
    }
}
