package io.camelback.failure;

import java.io.IOException;

/** An event of a provider's stream is larger than any real one: nothing more of it is read (docs/failures.md E07). */
public final class SseEventTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param limit the most bytes an event may have */
    public SseEventTooLargeException(int limit) {
        super("an event larger than " + limit + " bytes");
    }
}
