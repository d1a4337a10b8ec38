package io.camelback.budget;

import java.util.List;

/**
 * The decision on a {@link PendingReservation}.
 *
 * @param sums how each of its budgets stands afterwards, in the order of its windows; empty when it was refused
 * @param refused the budget that has no room; null when it was granted
 * @param found how that budget stands; null when it was granted
 */
record ReservationVerdict(List<BudgetDao.Sums> sums, BudgetLimitWindow refused, BudgetDao.Sums found) {
    static ReservationVerdict granted(List<BudgetDao.Sums> sums) {
        return new ReservationVerdict(List.copyOf(sums), null, null);
    }

    static ReservationVerdict refused(BudgetLimitWindow window, BudgetDao.Sums found) {
        return new ReservationVerdict(List.of(), window, found);
    }

    boolean isRefused() {
        return refused != null;
    }
}
