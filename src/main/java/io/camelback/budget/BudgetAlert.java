package io.camelback.budget;

import java.time.Instant;

/**
 * A budget has come to one of its thresholds, once in each of its windows, whatever the number of gateways; or, at 100,
 * it has had to refuse.
 *
 * @param percent which threshold
 * @param refused whether an attempt was refused for it, the first in this window that this gateway knows of
 * @param settled what is spent, in micro-dollars
 * @param reserved what is put aside for attempts under way
 * @param ends when the window ends
 */
public record BudgetAlert(BudgetLimit cap, int percent, boolean refused, long settled, long reserved, Instant ends) {}
