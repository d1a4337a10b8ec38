package io.camelback.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The timers of one upstream call: which one runs out next, and when. A timer of the provider's comes before the end of
 * the call's share, and that before the deadline, when all are due at once. Guarded by its {@link UpstreamCall}.
 */
final class PhaseTimeouts {
    /** @param at when, on the same clock */
    record Due(AbortReason reason, long at) {}

    private final CallTimers timers;
    private final AttemptDeadline share;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private CallPhase phase = CallPhase.PAUSE;
    private long phaseAt;
    private boolean committed;

    PhaseTimeouts(CallTimers timers, AttemptDeadline share, LongSupplier nanoTime) {
        this.timers = timers;
        this.share = share;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.phaseAt = startedAt;
    }

    /** The first token is awaited from the same moment on as the headers. */
    void enter(CallPhase next) {
        if (next != CallPhase.FIRST_TOKEN) {
            phaseAt = nanoTime.getAsLong();
        }
        phase = next;
    }

    CallPhase phase() {
        return phase;
    }

    /** The caller has begun to get this answer: nobody else will be asked, and nothing needs to be kept for others. */
    void committed() {
        committed = true;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** What is left of the call's share, not below zero. */
    Duration left() {
        long left = startedAt + share.slice().toNanos() - now();
        return Duration.ofNanos(Math.max(0, left));
    }

    /** What runs out first. */
    Due next() {
        Due due = new Due(
                share.callers() ? AbortReason.CLIENT_DEADLINE : AbortReason.DEADLINE,
                startedAt + share.left().toNanos());
        due = earlier(due, AbortReason.SHARE, shareEnds());
        due = earlier(due, AbortReason.TOTAL, startedAt + timers.total().toNanos());
        Duration limit = phase.limit(timers);
        if (limit != null) {
            due = earlier(due, phase.abort, phaseAt + limit.toNanos());
        }
        return phase == CallPhase.HEADERS
                ? earlier(
                        due,
                        AbortReason.FIRST_TOKEN,
                        phaseAt + timers.firstToken().toNanos())
                : due;
    }

    /** The end of the slice, or of the first silence after it; of no meaning when nothing is kept for others. */
    private long shareEnds() {
        long end = startedAt + share.slice().toNanos();
        if (committed || share.slice().compareTo(share.left()) >= 0) {
            return Long.MAX_VALUE;
        }
        return phase == CallPhase.STREAMING ? Math.max(end, phaseAt + AttemptDeadline.GRACE.toNanos()) : end;
    }

    /** Of two that are due at once, the later in {@link #next()} says more. */
    private static Due earlier(Due due, AbortReason reason, long at) {
        return at - due.at() <= 0 && at != Long.MAX_VALUE ? new Due(reason, at) : due;
    }
}
