package io.camelback.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts quotas in this process, for a gateway without a ledger; the counts are lost when it ends. */
final class InMemoryQuotaCounter implements QuotaCounter {
    private final Map<String, TreeMap<Long, Long>> counted = new HashMap<>();
    private final Map<String, Long> cooling = new ConcurrentHashMap<>();

    @Override
    public synchronized Admission take(List<Take> takes) {
        Admission taken = peek(takes);
        if (taken.full() == null) {
            correct(takes);
        }
        return taken;
    }

    @Override
    public synchronized Admission peek(List<Take> takes) {
        List<Long> used = new ArrayList<>();
        for (Take take : takes) {
            SortedMap<Long, Long> parts = parts(take);
            long sum = parts.values().stream().mapToLong(Long::longValue).sum();
            if (sum + take.amount() > take.quota().limit()) {
                return new Admission(
                        take.quota(),
                        List.of(sum),
                        parts.isEmpty() ? take.slot().starts() : parts.firstKey());
            }
            used.add(sum + take.amount());
        }
        return new Admission(null, used, 0);
    }

    /** From now on this is what is counted, by quota and the beginning of each part. */
    synchronized void replace(Map<String, TreeMap<Long, Long>> all) {
        counted.clear();
        counted.putAll(all);
    }

    /** Those that count; the others are forgotten. */
    private SortedMap<Long, Long> parts(Take take) {
        TreeMap<Long, Long> parts = counted.computeIfAbsent(take.quota().id(), id -> new TreeMap<>());
        parts.headMap(take.slot().from()).clear();
        return parts;
    }

    @Override
    public synchronized void correct(List<Take> takes) {
        takes.forEach(take -> counted.computeIfAbsent(take.quota().id(), id -> new TreeMap<>())
                .merge(take.slot().starts(), take.amount(), Long::sum));
    }

    @Override
    public void coolDown(String whose, long until) {
        cooling.merge(whose, until, Math::max);
    }

    @Override
    public Optional<Long> coolsUntil(String whose) {
        return Optional.ofNullable(cooling.get(whose));
    }
}
