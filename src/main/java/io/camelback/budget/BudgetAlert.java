package io.camelback.budget;

import java.time.Instant;

/**
 * A budget has reached one of its thresholds, once per window however many gateways there are; or, at 100, it has
 * refused an attempt.
 *
 * @param percent which threshold
 * @param refused whether an attempt was refused for it, the first in this window that this gateway knows of
 * @param settled what is spent, in micro-dollars
 * @param reserved what is put aside for attempts under way
 * @param ends when the window ends
 */
public record BudgetAlert(BudgetLimit cap, int percent, boolean refused, long settled, long reserved, Instant ends) {}
