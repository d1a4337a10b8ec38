package io.camelback.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Spend limits by period.
 *
 * @param caps in micro-dollars; not empty
 * @param alerts at how many percent of a cap somebody is told, rising
 * @param preEmpt from how many percent on only the tasks of {@code keepFor} may spend; 100 for no such thing
 * @param keepFor task types
 */
public record Budget(Map<BudgetPeriod, Long> caps, List<Integer> alerts, int preEmpt, Set<String> keepFor) {
    /** No one task is preferred. */
    public static final int NO_PRE_EMPTION = 100;

    public Budget {
        caps = Collections.unmodifiableMap(new EnumMap<>(caps));
        alerts = List.copyOf(alerts);
        keepFor = Set.copyOf(keepFor);
    }
}
