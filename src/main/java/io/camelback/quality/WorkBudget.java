package io.camelback.quality;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The processor time that a check may use, so that a busy machine does not leave answers unchecked. It ends early when
 * the thread is interrupted, because the caller has left. For one check on one thread.
 */
public final class WorkBudget {
    /** About the steps between two looks at the clock: some microseconds of work. */
    private static final int STEPS_PER_LOOK = 512;
    /** The most steps that may be done in one piece, without a look at the clock: some 10 milliseconds. */
    private static final long MOST_AT_ONCE = 1_000_000;

    private final LongSupplier processorTime;
    private final long most;
    private final long begin;
    private long untilLook = STEPS_PER_LOOK;

    /** @param processorTime what this thread has used of the processor, in nanoseconds */
    public WorkBudget(Duration most, LongSupplier processorTime) {
        this.processorTime = processorTime;
        this.most = most.toNanos();
        this.begin = processorTime.getAsLong();
    }

    /** For checks that cost next to nothing. */
    public static WorkBudget unlimited() {
        return new WorkBudget(Duration.ofDays(1), () -> 0);
    }

    /**
     * Says that so much is about to be done. One step is some 10 nanoseconds: a character compared, an entry looked up.
     *
     * @throws NotJudgedException when there is no time left, or too much for one piece
     */
    void spend(long steps) {
        if (steps > MOST_AT_ONCE) {
            throw new NotJudgedException("too much to check");
        }
        untilLook -= steps;
        if (untilLook <= 0) {
            untilLook = STEPS_PER_LOOK;
            look();
        }
    }

    private void look() {
        if (Thread.currentThread().isInterrupted()) {
            throw new NotJudgedException("the request has ended");
        }
        if (processorTime.getAsLong() - begin > most) {
            throw new NotJudgedException("the check takes too long");
        }
    }
}
