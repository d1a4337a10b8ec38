package io.camelback.budget;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * An amount reserved for an attempt. To be {@linkplain BudgetService#settle settled} once.
 *
 * @param id the ledger's name of it, and of the attempt's row
 * @param windows the budgets' windows it was taken from, those in which the attempt was admitted, sorted by budget
 */
public record BudgetReservation(String id, ReservationRequest charge, List<Slot> windows) {
    private static final String BETWEEN = "\n";
    private static final char STARTS = '@';

    /** A budget's window: where it is in the ledger. */
    record Slot(String budget, long starts) implements Comparable<Slot> {
        private static final Comparator<Slot> ORDER =
                Comparator.comparing(Slot::budget).thenComparing(Slot::starts);

        @Override
        public int compareTo(Slot other) {
            return ORDER.compare(this, other);
        }
    }

    /** Its budgets, in the windows in which it was admitted. */
    List<BudgetLimitWindow> limitWindows() {
        return charge.windows(cap -> windows.stream()
                .filter(slot -> slot.budget().equals(cap.id()))
                .map(slot -> Instant.ofEpochMilli(slot.starts()))
                .findFirst()
                .orElseThrow());
    }

    /** The windows as one text, as the ledger keeps them. */
    String text() {
        return String.join(
                BETWEEN,
                windows.stream()
                        .map(slot -> slot.budget() + STARTS + slot.starts())
                        .toList());
    }

    static List<Slot> slots(String text) {
        return text.lines()
                .map(line -> new Slot(
                        line.substring(0, line.lastIndexOf(STARTS)),
                        Long.parseLong(line.substring(line.lastIndexOf(STARTS) + 1))))
                .toList();
    }
}
