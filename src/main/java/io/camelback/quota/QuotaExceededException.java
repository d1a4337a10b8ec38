package io.camelback.quota;

import java.time.Duration;

/** A quota is used up. */
public final class QuotaExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Duration left;
    private final transient RateLimitHeaders rateLimitHeaders;

    QuotaExceededException(String message, Duration left, RateLimitHeaders standing) {
        super(message, null, false, false);
        this.left = left;
        this.rateLimitHeaders = standing;
    }

    /** Until there is room again; null when nobody can say. */
    public Duration left() {
        return left;
    }

    public RateLimitHeaders rateLimitHeaders() {
        return rateLimitHeaders;
    }
}
