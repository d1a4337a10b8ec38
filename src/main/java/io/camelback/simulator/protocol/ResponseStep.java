package io.camelback.simulator.protocol;

import java.time.Duration;

/**
 * One move in answering a request: a {@link io.camelback.simulator.SimulatedFault} is a list of these, and the
 * connection just makes them.
 */
public sealed interface ResponseStep {

    /** @param tokens how many tokens the bytes say */
    record Write(byte[] bytes, int tokens) implements ResponseStep {}

    /** Waits, and watches whether the client leaves meanwhile. */
    record Pause(Duration time) implements ResponseStep {}

    /** What becomes of the connection; always the last step. */
    enum End implements ResponseStep {
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
