package io.camelback.lab;

import java.time.Duration;

/** One move in answering a request: a {@link Fault} is a list of these, and the connection just makes them. */
sealed interface Step {

    /** @param tokens how many tokens the bytes say */
    record Write(byte[] bytes, int tokens) implements Step { }

    /** Waits, and watches whether the client leaves meanwhile. */
    record Pause(Duration time) implements Step { }

    /** What becomes of the connection; always the last step. */
    enum End implements Step {
        /** The answer is complete: the connection serves the next request. */
        KEEP,
        /** The answer ends with the connection, in an orderly way (FIN). */
        CLOSE,
        /** The connection breaks (RST). */
        RESET,
        /** Nothing more comes, and the connection stays open until the client leaves. */
        HANG
    }
}
