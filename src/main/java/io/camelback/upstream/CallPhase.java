package io.camelback.upstream;

import io.camelback.upstream.UpstreamCall.Abort;
import java.time.Duration;

/** Where an upstream call stands, and which timer runs there. */
enum CallPhase {
    /** Nothing is awaited: the call pauses before it is sent again. */
    PAUSE(null),
    CONNECT(Abort.CONNECT),
    TLS(Abort.TLS),
    HEADERS(Abort.HEADERS),
    FIRST_TOKEN(Abort.FIRST_TOKEN),
    STREAMING(Abort.IDLE);

    final Abort abort;

    CallPhase(Abort abort) {
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
