package io.camelback.telemetry.record;

import io.camelback.routing.PlannedTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latest requests with their plans, by id. Bounded; names and counts only. Thread-safe. */
public final class RecentRequests {
    /** How many are kept. */
    public static final int KEPT = 500;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param plan the links of its chain as they stood when it came */
    public record Entry(RequestRecord request, List<PlannedTarget> plan) {
        public Entry {
            plan = List.copyOf(plan);
        }
    }

    public synchronized void add(RequestRecord request, List<PlannedTarget> plan) {
        entries.remove(request.id());
        entries.put(request.id(), new Entry(request, plan));
        if (entries.size() > KEPT) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    public synchronized Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }
}
