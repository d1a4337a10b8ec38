package io.camelback.budget;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How budgets stand, as far as this gateway has seen: for those who ask often and cannot wait. Thread-safe. */
final class BudgetStatusCache {
    private final Map<String, Entry> seen = new ConcurrentHashMap<>();

    private record Entry(Instant starts, BudgetDao.Sums sums, boolean refusing) {}

    void admitted(BudgetLimit cap, BudgetWindow window, BudgetDao.Sums sums) {
        seen.put(cap.id(), new Entry(window.starts(), sums, false));
    }

    void refused(BudgetLimit cap, BudgetWindow window, BudgetDao.Sums sums) {
        seen.put(cap.id(), new Entry(window.starts(), sums, true));
    }

    /** What came back may be what the one who was refused had needed. */
    void settled(BudgetLimit cap, BudgetWindow window, BudgetDao.Sums sums) {
        seen.merge(cap.id(), new Entry(window.starts(), sums, false), (before, now) -> {
            if (before.starts().isAfter(now.starts())) {
                return before;
            }
            boolean freed =
                    total(now.sums()) < total(before.sums()) || before.starts().isBefore(now.starts());
            return freed ? now : new Entry(now.starts(), now.sums(), before.refusing());
        });
    }

    private static long total(BudgetDao.Sums sums) {
        return sums.settled() + sums.reserved();
    }

    BudgetStatus of(BudgetLimit cap, BudgetWindow window) {
        Entry last = seen.get(cap.id());
        return last == null || !last.starts().equals(window.starts())
                ? new BudgetStatus(cap, window, 0, 0, false)
                : new BudgetStatus(
                        cap, window, last.sums().settled(), last.sums().reserved(), last.refusing());
    }
}
