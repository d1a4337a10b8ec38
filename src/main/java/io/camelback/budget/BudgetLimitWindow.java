package io.camelback.budget;

/** A cap, and the window of it that an attempt counts to. */
record BudgetLimitWindow(BudgetLimit cap, BudgetWindow window) {
    BudgetReservation.Slot slot() {
        return new BudgetReservation.Slot(cap.id(), window.starts().toEpochMilli());
    }
}
