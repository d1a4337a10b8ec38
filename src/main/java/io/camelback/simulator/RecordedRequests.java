package io.camelback.simulator;

import io.camelback.simulator.protocol.RecordedRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests a provider received: the newest are kept, all are counted. */
final class RecordedRequests {
    private final Deque<RecordedRequest> kept = new ArrayDeque<>();
    private final Map<String, Integer> models = new HashMap<>();
    private int numbers;
    private int added;
    private int keep = 10_000;

    synchronized int nextNumber() {
        return ++numbers;
    }

    synchronized void add(RecordedRequest received) {
        if (received.model() != null) {
            models.merge(received.model(), 1, Integer::sum);
        }
        added++;
        kept.add(received);
        trim();
    }

    synchronized void keep(int newest) {
        keep = newest;
        trim();
    }

    synchronized List<RecordedRequest> all() {
        return List.copyOf(kept);
    }

    synchronized int count() {
        return added;
    }

    synchronized int count(String model) {
        return models.getOrDefault(model, 0);
    }

    private void trim() {
        while (kept.size() > keep) {
            kept.remove();
        }
    }
}
