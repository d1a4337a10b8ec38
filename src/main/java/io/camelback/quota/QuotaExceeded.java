package io.camelback.quota;

import java.time.Duration;

/** There is no room in a quota. */
public final class QuotaExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Duration left;
    private final transient Standing standing;

    QuotaExceeded(String message, Duration left, Standing standing) {
        super(message, null, false, false);
        this.left = left;
        this.standing = standing;
    }

    /** Until there is room again; null when nobody can say. */
    public Duration left() {
        return left;
    }

    public Standing standing() {
        return standing;
    }
}
