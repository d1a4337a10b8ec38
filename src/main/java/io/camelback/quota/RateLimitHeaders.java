package io.camelback.quota;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rate-limit headers for clients: of their request and token quotas, the one with the least left. */
public record RateLimitHeaders(Map<String, String> headers) {
    static final RateLimitHeaders NONE = new RateLimitHeaders(Map.of());

    public RateLimitHeaders {
        headers = Map.copyOf(headers);
    }

    /** Collects it. */
    static final class Builder {
        private final Map<Quota.Kind, Long> least = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();

        void add(Quota quota, long used, Duration left) {
            long remaining = Math.max(0, quota.limit() - used);
            Long before = least.get(quota.kind());
            if (before == null || remaining < before) {
                least.put(quota.kind(), remaining);
                headers.put("x-ratelimit-limit-" + quota.kind().key(), String.valueOf(quota.limit()));
                headers.put("x-ratelimit-remaining-" + quota.kind().key(), String.valueOf(remaining));
                headers.put("x-ratelimit-reset-" + quota.kind().key(), (left.toMillis() + 999) / 1000 + "s");
            }
        }

        RateLimitHeaders build() {
            return new RateLimitHeaders(headers);
        }
    }
}
