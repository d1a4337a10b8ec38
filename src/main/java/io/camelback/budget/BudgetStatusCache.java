package io.camelback.budget;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The latest known state of each budget, for callers that cannot wait for the database. Thread-safe. */
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
            boolean freed = now.sums().total() < before.sums().total()
                    || before.starts().isBefore(now.starts());
            return freed ? now : new Entry(now.starts(), now.sums(), before.refusing());
        });
    }

    void settled(BudgetStatus read) {
        settled(read.cap(), read.window(), new BudgetDao.Sums(read.settled(), read.reserved()));
    }

    BudgetStatus of(BudgetLimit cap, BudgetWindow window) {
        Entry last = seen.get(cap.id());
        return last == null || !last.starts().equals(window.starts())
                ? new BudgetStatus(cap, window, 0, 0, false)
                : new BudgetStatus(
                        cap, window, last.sums().settled(), last.sums().reserved(), last.refusing());
    }

    /** The first budget without room for the amount, as far as this gateway has seen. */
    Optional<BudgetExceededException> preview(
            List<BudgetLimitWindow> windows, String task, long microDollars, Instant now) {
        return windows.stream()
                .flatMap(one -> {
                    BudgetStatus spent = of(one.cap(), one.window());
                    BudgetDao.Sums sums = new BudgetDao.Sums(spent.settled(), spent.reserved());
                    return sums.total() <= one.cap().limitFor(task) - microDollars
                            ? Stream.empty()
                            : Stream.of(BudgetExceededException.of(one, sums, task, microDollars, now));
                })
                .findFirst();
    }
}
