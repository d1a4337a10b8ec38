package io.camelback.upstream;

import java.time.Duration;

/** The phase of an upstream call, and its timer. */
enum CallPhase {
    /** Nothing is awaited: the call pauses before it is sent again. */
    PAUSE(null),
    CONNECT(AbortReason.CONNECT),
    TLS(AbortReason.TLS),
    HEADERS(AbortReason.HEADERS),
    FIRST_TOKEN(AbortReason.FIRST_TOKEN),
    STREAMING(AbortReason.IDLE);

    final AbortReason abort;

    CallPhase(AbortReason abort) {
        this.abort = abort;
    }

    /** From the beginning of the phase, which for the first token is that of the headers; null when no timer runs. */
    Duration limit(CallTimers timers) {
        return switch (this) {
            case PAUSE -> null;
            case CONNECT -> timers.connect();
            case TLS -> timers.tls();
            case HEADERS -> timers.headers();
            case FIRST_TOKEN -> timers.firstToken();
            case STREAMING -> timers.idle();
        };
    }
}
