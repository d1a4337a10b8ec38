package io.camelback.budget;

import java.time.Duration;

/** A budget has no room for what an attempt may cost. Nothing was put aside. */
public final class BudgetExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Cap cap;
    private final transient Duration left;
    private final boolean kept;

    BudgetExceeded(Cap cap, Duration left, boolean kept) {
        super((kept ? "kept for other tasks: " : "used up: ") + cap, null, false, false);
        this.cap = cap;
        this.left = left;
        this.kept = kept;
    }

    public Cap cap() {
        return cap;
    }

    /** Until its window ends. */
    public Duration left() {
        return left;
    }

    /** Whether there is room, but for other tasks than this one. */
    public boolean kept() {
        return kept;
    }
}
