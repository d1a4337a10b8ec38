package io.camelback.quota;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How somebody's quotas stand, as callers are told: of requests and of tokens, the one with the least left. */
public record Standing(Map<String, String> headers) {
    static final Standing NONE = new Standing(Map.of());

    public Standing {
        headers = Map.copyOf(headers);
    }

    /** Collects it. */
    static final class Builder {
        private final Map<Quota.Kind, Long> least = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();

        void add(Quota quota, long used, Duration left) {
            long remaining = Math.max(0, quota.most() - used);
            Long before = least.get(quota.kind());
            if (before == null || remaining < before) {
                least.put(quota.kind(), remaining);
                headers.put("x-ratelimit-limit-" + quota.kind().key(), String.valueOf(quota.most()));
                headers.put("x-ratelimit-remaining-" + quota.kind().key(), String.valueOf(remaining));
                headers.put("x-ratelimit-reset-" + quota.kind().key(), (left.toMillis() + 999) / 1000 + "s");
            }
        }

        Standing build() {
            return new Standing(headers);
        }
    }
}
