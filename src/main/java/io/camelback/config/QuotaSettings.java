package io.camelback.config;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Request and token quotas of a deployment or a client key.
 *
 * @param requests by span; unlimited where nothing is said
 * @param tokens by span, of question and answer together
 * @param concurrent requests under way at once; 0 for no limit
 * @param cooldown how long it is left alone once it has come to a limit; null for as long as the limit's window lasts
 * @param sliding whether windows slide, and do not go by the calendar
 */
public record QuotaSettings(
        Map<QuotaPeriod, Long> requests,
        Map<QuotaPeriod, Long> tokens,
        int concurrent,
        Duration cooldown,
        boolean sliding) {
    /** No limit. */
    public static final QuotaSettings NONE = new QuotaSettings(Map.of(), Map.of(), 0, null, false);

    public QuotaSettings {
        requests = copy(requests);
        tokens = copy(tokens);
    }

    private static Map<QuotaPeriod, Long> copy(Map<QuotaPeriod, Long> limits) {
        EnumMap<QuotaPeriod, Long> copy = new EnumMap<>(QuotaPeriod.class);
        copy.putAll(limits);
        return Collections.unmodifiableMap(copy);
    }

    /** Whether anything is counted. */
    public boolean counts() {
        return !requests.isEmpty() || !tokens.isEmpty();
    }
}
