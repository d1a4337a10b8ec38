package io.camelback.budget;

import java.util.List;

/**
 * A reservation that is not written yet.
 *
 * @param windows all that must have room, sorted by budget, so that two gateways never wait for each other
 * @param at when it was asked for, Unix time in milliseconds
 */
record PendingReservation(BudgetReservation reservation, List<BudgetLimitWindow> windows, long at) {
    long amount() {
        return reservation.charge().microDollars();
    }

    /** How far this one may go in a budget: to the cap, or to where the rest is kept for other tasks. */
    long limit(BudgetLimitWindow window) {
        return window.cap().limitFor(reservation.charge().about().task());
    }
}
