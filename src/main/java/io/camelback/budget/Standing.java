package io.camelback.budget;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How budgets stand, as far as this gateway has seen: for those who ask often and cannot wait. Thread-safe. */
final class Standing {
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(Instant starts, BudgetTable.Sums sums, boolean refusing) { }

    void admitted(Cap cap, Window window, BudgetTable.Sums sums) {
        seen.put(cap.id(), new Seen(window.starts(), sums, false));
    }

    void refused(Cap cap, Window window, BudgetTable.Sums sums) {
        seen.put(cap.id(), new Seen(window.starts(), sums, true));
    }

    /** What came back may be what the one who was refused had needed. */
    void settled(Cap cap, Window window, BudgetTable.Sums sums) {
        seen.merge(cap.id(), new Seen(window.starts(), sums, false), (before, now) -> {
            if (before.starts().isAfter(now.starts())) {
                return before;
            }
            boolean freed = total(now.sums()) < total(before.sums()) || before.starts().isBefore(now.starts());
            return freed ? now : new Seen(now.starts(), now.sums(), before.refusing());
        });
    }

    private static long total(BudgetTable.Sums sums) {
        return sums.settled() + sums.reserved();
    }

    Spent of(Cap cap, Window window) {
        Seen last = seen.get(cap.id());
        return last == null || !last.starts().equals(window.starts()) ? new Spent(cap, window, 0, 0, false)
                : new Spent(cap, window, last.sums().settled(), last.sums().reserved(), last.refusing());
    }
}
