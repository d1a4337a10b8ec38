package io.camelback.quota;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notifies once when a quota is used up, until it has room again. Thread-safe. */
final class QuotaAlertNotifier {
    private final List<Consumer<QuotaAlert>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    void listen(Consumer<QuotaAlert> listener) {
        listeners.add(listener);
    }

    /** @param id the quota's */
    void refused(String id, QuotaAlert alert, Instant now) {
        boolean[] news = new boolean[1];
        told.compute(id, (quota, until) -> {
            news[0] = until == null || !until.isAfter(now);
            return news[0] ? alert.until() : until;
        });
        if (news[0]) {
            told.values().removeIf(until -> !until.isAfter(now));
            listeners.forEach(listener -> listener.accept(alert));
        }
    }
}
