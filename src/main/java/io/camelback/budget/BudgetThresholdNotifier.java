package io.camelback.budget;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Notifies listeners when a budget passes a threshold. The sums come from the one statement that changed them, so that
 * of all gateways only the one whose bill went over a threshold sees it.
 */
final class BudgetThresholdNotifier {
    private static final int WHOLE = 100;
    private final List<Consumer<BudgetAlert>> listeners = new CopyOnWriteArrayList<>();
    private final Set<BudgetReservation.Slot> refused = ConcurrentHashMap.newKeySet();

    void listen(Consumer<BudgetAlert> listener) {
        listeners.add(listener);
    }

    void settled(BudgetLimit cap, BudgetWindow window, BudgetDao.Sums sums, long spent) {
        long before = sums.settled() - spent;
        for (int percent : cap.alerts()) {
            long threshold = cap.percent(percent);
            if (spent > 0 && before < threshold && sums.settled() >= threshold) {
                tell(new BudgetAlert(cap, percent, false, sums.settled(), sums.reserved(), window.ends()));
            }
        }
    }

    /** Once in a window: the one before is forgotten when the next has to refuse. */
    void refused(BudgetLimit cap, BudgetWindow window, BudgetDao.Sums sums) {
        BudgetReservation.Slot slot =
                new BudgetReservation.Slot(cap.id(), window.starts().toEpochMilli());
        if (refused.add(slot)) {
            refused.removeIf(old -> old.budget().equals(slot.budget()) && old.starts() < slot.starts());
            tell(new BudgetAlert(cap, WHOLE, true, sums.settled(), sums.reserved(), window.ends()));
        }
    }

    private void tell(BudgetAlert alert) {
        listeners.forEach(listener -> listener.accept(alert));
    }
}
