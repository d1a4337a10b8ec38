package io.camelback.budget;

/**
 * How a budget stands.
 *
 * @param settled  micro-dollars spent in the window
 * @param reserved micro-dollars put aside for attempts under way
 * @param refusing whether the last attempt that asked for room got none
 */
public record Spent(Cap cap, Window window, long settled, long reserved, boolean refusing) {
    /** Micro-dollars that nobody has spent or put aside; not below zero. */
    public long left() {
        return Math.max(0, cap.microDollars() - settled - reserved);
    }

    /** Whether nothing more can be had from it for now. */
    public boolean exhausted() {
        return refusing || left() == 0;
    }
}
