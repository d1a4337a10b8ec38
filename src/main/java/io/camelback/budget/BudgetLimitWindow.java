package io.camelback.budget;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A spend limit and the window of it that an attempt counts to. */
record BudgetLimitWindow(BudgetLimit cap, BudgetWindow window) {
    /** The window of each cap at a moment, sorted by budget: the order in which the ledger locks them. */
    static List<BudgetLimitWindow> sorted(List<BudgetLimit> caps, ZoneId zone, Function<BudgetLimit, Instant> at) {
        return caps.stream()
                .sorted(Comparator.comparing(BudgetLimit::id))
                .map(cap -> new BudgetLimitWindow(cap, BudgetWindow.of(cap.period(), zone, at.apply(cap))))
                .toList();
    }

    BudgetReservation.Slot slot() {
        return new BudgetReservation.Slot(cap.id(), window.starts().toEpochMilli());
    }
}
