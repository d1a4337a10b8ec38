package io.camelback.upstream;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a check when the next timer of a call may have run out. At most one is scheduled at a time; one that rings
 * before its timer, because the timer was extended meanwhile, is set again. Guarded by its {@link UpstreamCall}.
 */
final class CallAlarm {
    private final PhaseTimeouts clock;
    private final ScheduledExecutorService scheduler;
    private final Runnable check;
    private ScheduledFuture<?> scheduled;
    private long scheduledAt;

    CallAlarm(PhaseTimeouts clock, ScheduledExecutorService scheduler, Runnable check) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.check = check;
    }

    /** Schedules the check for the next timer, unless it comes early enough already. */
    void arm() {
        long at = clock.next().at();
        if (scheduled != null && scheduledAt - at <= 0) {
            return;
        }
        cancel();
        scheduledAt = at;
        scheduled = scheduler.schedule(check, at - clock.now(), TimeUnit.NANOSECONDS);
    }

    /** To be called by the check. @return the timer that has run out; null when none has */
    PhaseTimeouts.Due ring() {
        scheduled = null;
        PhaseTimeouts.Due due = clock.next();
        return due.at() - clock.now() > 0 ? null : due;
    }

    void cancel() {
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }
}
