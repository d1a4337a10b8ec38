package io.camelback.budget;

import java.time.Duration;
import java.time.Instant;

/** A budget has no room for the most that an attempt may cost. Nothing was put aside. */
public final class BudgetExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** When requests under way will have released some of their reservations. */
    private static final Duration RELEASE = Duration.ofSeconds(3);

    /** Why there is no room. */
    public enum Reason {
        /** It is spent. */
        USED_UP("used up: "),
        /** There is room, but for other tasks than this one. */
        KEPT("reserved for other tasks: "),
        /** Requests under way have put the rest aside; they will need less than that. */
        PUT_ASIDE("reserved by requests in flight: ");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final transient BudgetLimit cap;
    private final transient Duration left;
    private final Reason reason;

    private BudgetExceededException(BudgetLimit cap, Duration left, Reason reason) {
        super(reason.words + cap, null, false, false);
        this.cap = cap;
        this.left = left;
        this.reason = reason;
    }

    /**
     * @param full the budget without room for the amount
     * @param found what is settled and reserved in it
     * @param task the task's type; null when not known
     */
    static BudgetExceededException of(
            BudgetLimitWindow full, BudgetDao.Sums found, String task, long amount, Instant now) {
        BudgetLimit cap = full.cap();
        Duration left = Duration.between(now, full.window().ends());
        if (found.settled() <= cap.limitFor(task) - amount) {
            return new BudgetExceededException(cap, left.compareTo(RELEASE) < 0 ? left : RELEASE, Reason.PUT_ASIDE);
        }
        boolean kept = found.total() <= cap.microDollars() - amount;
        return new BudgetExceededException(cap, left, kept ? Reason.KEPT : Reason.USED_UP);
    }

    public BudgetLimit cap() {
        return cap;
    }

    /** When it is worth another try: when the window ends, or in a few seconds where room is only put aside. */
    public Duration left() {
        return left;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether there is room, but for other tasks than this one. */
    public boolean kept() {
        return reason == Reason.KEPT;
    }
}
